package io.kalam.manual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page on the first five minutes, as somebody reads it who types everything.
 */
final class StartPage {

	private static final Pattern FILE = Pattern.compile("`([\\w./-]+\\.(?:xml|java|sql|yaml|html))`");

	private static final Pattern DEPENDENCY = Pattern.compile(
			"<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>(?:\\s*<(?:version|type)>[^<]+</(?:version|type)>)*(?:\\s*<scope>([^<]+)</scope>)?");

	private static final Pattern LIVE = Pattern.compile("kalam\\.live\\(\"([^\"]+)\"");

	private static final Pattern PSQL = Pattern.compile("psql (postgresql://\\S+) -c \"([^\"]+)\"");

	private final Page page = Page.read(Page.root().resolve("src/docs/start.md"));

	/**
	 * The files that the page says to make: a block belongs to the last file that is
	 * named between it and the block before; one without a directory is beside the last
	 * that has one.
	 */
	Map<Path, String> files() {
		Map<Path, String> files = new LinkedHashMap<>();
		Path beside = Path.of("");
		int from = 0;
		for (Block block : this.page.blocks()) {
			String before = String.join("\n", this.page.lines().subList(from, block.line() - 1));
			from = block.line() + block.lines().size() + 1;
			List<MatchResult> named = FILE.matcher(before).results().toList();
			if (!named.isEmpty()) {
				Path file = Path.of(named.get(named.size() - 1).group(1));
				file = (file.getParent() == null && !file.endsWith("pom.xml")) ? beside.resolve(file) : file;
				beside = file.toString().endsWith(".java") ? file.getParent() : beside;
				files.put(file, block.text());
			}
		}
		return files;
	}

	/**
	 * Makes them.
	 * @param project the directory that they are in
	 */
	void make(Path project) {
		files().forEach((file, text) -> {
			try {
				Files.createDirectories(project.resolve(file).getParent());
				Files.writeString(project.resolve(file), text);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/**
	 * The dependencies in a {@code pom.xml}, each with its scope, {@code compile} where
	 * it has none.
	 */
	static List<String> dependencies(String pom) {
		List<String> dependencies = new ArrayList<>();
		Matcher found = DEPENDENCY.matcher(pom.replaceAll("(?s)<!--.*?-->", ""));
		while (found.find()) {
			String scope = (found.group(3) != null) ? found.group(3) : "compile";
			dependencies.add(found.group(1) + ":" + found.group(2) + ":" + scope);
		}
		return dependencies;
	}

	/**
	 * The query of the page that is made.
	 */
	String query() {
		return only(LIVE).group(1);
	}

	/**
	 * The address that {@code psql} is given.
	 */
	String address() {
		return only(PSQL).group(1);
	}

	/**
	 * The statement that changes a row behind the application's back.
	 */
	String change() {
		return only(PSQL).group(2);
	}

	private MatchResult only(Pattern pattern) {
		List<MatchResult> found = this.page.blocks()
			.stream()
			.flatMap((block) -> pattern.matcher(block.text()).results())
			.toList();
		assertThat(found).as("%s in %s", pattern, this.page.name()).hasSize(1);
		return found.get(0);
	}

}
