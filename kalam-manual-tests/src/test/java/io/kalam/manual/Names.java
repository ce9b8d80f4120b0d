package io.kalam.manual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.kalam.manual.Page.Mention;

/**
 * Looks up what pages name in their text: properties, meters and the tests that are said
 * to show something.
 */
final class Names {

	private static final Pattern OURS = Pattern.compile("(?<![\\w/.-])(kalam(?:\\.[a-z][a-z0-9-]*)+)(?![\\w/(-])");

	private static final Pattern TEST = Pattern.compile("(?<![-\\w])([A-Z]\\w+Tests)\\b(?:\\.(\\w+))?");

	private static final Pattern METER = Pattern.compile("^\\| `(kalam\\.[a-z.]+)` \\|");

	/** What is in the database, and a file of the browser. */
	private static final Set<String> OTHERS = Set.of("kalam.identity", "kalam.js", "kalam.conf", "kalam.log",
			"kalam.live", "kalam.table", "kalam.connection", "kalam.error", "kalam.debug");

	private final ConfigurationMetadata metadata = new ConfigurationMetadata();

	private final Set<String> meters = new HashSet<>();

	private final Map<String, Path> tests = new TreeMap<>();

	Names() {
		Path root = Page.root();
		for (String line : Page.read(root.resolve("src/docs/metrics.md")).lines()) {
			Matcher meter = METER.matcher(line);
			if (meter.find()) {
				this.meters.add(meter.group(1));
			}
		}
		try (Stream<Path> files = Files.find(root, 12, (file, attributes) -> attributes.isRegularFile())) {
			files.filter((file) -> file.toString().endsWith("Tests.java")).forEach((file) -> {
				String name = file.getFileName().toString();
				this.tests.put(name.substring(0, name.length() - ".java".length()), file);
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<String> problems(Page page) {
		List<String> problems = new ArrayList<>();
		for (Mention code : page.code()) {
			if (!code.text().startsWith("-D")) {
				OURS.matcher(code.text()).results().forEach((name) -> {
					if (!exists(name.group(1))) {
						problems.add(code.problem("names " + name.group(1) + ", which is no property or meter"));
					}
				});
			}
			TEST.matcher(code.text()).results().forEach((name) -> {
				if (!name.group(1).startsWith("X") && !isTest(name.group(1), name.group(2))) {
					problems.add(code.problem("is no test"));
				}
			});
		}
		return problems;
	}

	private boolean isTest(String name, String method) {
		Path file = this.tests.get(name);
		return file != null && (method == null
				|| Page.read(file).lines().stream().anyMatch((line) -> line.contains("void " + method + "(")));
	}

	private boolean exists(String name) {
		return OTHERS.contains(name) || this.metadata.knows(name)
				|| this.meters.stream().anyMatch((meter) -> meter.equals(name) || meter.startsWith(name + "."));
	}

}
