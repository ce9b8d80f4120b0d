package io.kalam.manual;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.yaml.snakeyaml.error.MarkedYAMLException;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.ClassUtils;

/**
 * Reads an application's properties as Boot does: each has to be one that there is, and
 * to be bound, to its type and to the class of its group, which checks it. YAML that is
 * none of an application's says so ({@code yaml kubernetes}) and is only read.
 */
final class PropertiesBlocks implements BlockCheck {

	private final ConfigurationMetadata metadata = new ConfigurationMetadata();

	@Override
	public Set<String> languages() {
		return Set.of("properties", "yaml");
	}

	@Override
	public List<String> problems(List<Block> blocks) {
		List<String> problems = new ArrayList<>();
		for (Block block : blocks) {
			try {
				for (PropertySource<?> source : load(block)) {
					if (block.manner().isEmpty()) {
						check(block, (EnumerablePropertySource<?>) source, problems);
					}
				}
			}
			catch (MarkedYAMLException ex) {
				problems.add(block.problem(ex.getProblemMark().getLine() + 1L, ex.getProblem()));
			}
			catch (IOException ex) {
				problems.add(block.problem(0, ex.getMessage()));
			}
		}
		return problems;
	}

	private static List<PropertySource<?>> load(Block block) throws IOException {
		PropertySourceLoader loader = block.language().equals("yaml") ? new YamlPropertySourceLoader()
				: new PropertiesPropertySourceLoader();
		return loader.load("block", new ByteArrayResource(block.text().getBytes(StandardCharsets.UTF_8)));
	}

	private void check(Block block, EnumerablePropertySource<?> source, List<String> problems) {
		Map<String, Object> values = new LinkedHashMap<>();
		for (String name : source.getPropertyNames()) {
			values.put(name, source.getProperty(name));
			String type = this.metadata.type(name);
			if (type == null) {
				problems.add(block.problem(line(source, name), "there is no property " + name));
			}
			else {
				bind(block, line(source, name), values, name, type, problems);
			}
		}
		this.metadata.groups().forEach((prefix, type) -> {
			if (values.keySet().stream().anyMatch((name) -> name.startsWith(prefix + "."))) {
				bind(block, 1, values, prefix, type, problems);
			}
		});
	}

	private static void bind(Block block, long line, Map<String, Object> values, String name, String type,
			List<String> problems) {
		ClassLoader loader = PropertiesBlocks.class.getClassLoader();
		if (!ClassUtils.isPresent(type, loader)) {
			return;
		}
		try {
			new Binder(new MapConfigurationPropertySource(values)).bind(name,
					Bindable.of(ClassUtils.resolveClassName(type, loader)));
		}
		catch (BindException ex) {
			problems.add(block.problem(line, NestedExceptionUtils.getMostSpecificCause(ex).getMessage()));
		}
	}

	private static long line(PropertySource<?> source, String name) {
		Origin origin = OriginLookup.getOrigin(source, name);
		return (origin instanceof TextResourceOrigin text) ? text.getLocation().getLine() + 1L : 1;
	}

}
