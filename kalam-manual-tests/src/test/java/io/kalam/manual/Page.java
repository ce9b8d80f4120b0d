package io.kalam.manual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the manual.
 *
 * @param file where it is
 * @param lines its lines
 */
record Page(Path file, List<String> lines) {

	private static final List<String> OUTSIDE = List.of("README.md", "CONTRIBUTING.md", "src/protocol/README.md",
			"sample-app/README.md", "kalam-client/README.md");

	private static final Pattern FENCE = Pattern.compile("^(\\s*)(`{3,})(.*)$");

	private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	static List<Page> all() {
		Path root = root();
		try (Stream<Path> docs = Files.list(root.resolve("src/docs"))) {
			Stream<Path> outside = OUTSIDE.stream().map(root::resolve);
			return Stream.concat(outside, docs.filter((file) -> file.toString().endsWith(".md")).sorted())
				.map(Page::read)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Page read(Path file) {
		try {
			return new Page(file, Files.readAllLines(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("mvnw"))) {
			directory = directory.getParent();
		}
		return directory;
	}

	String name() {
		return root().relativize(this.file.toAbsolutePath()).toString();
	}

	List<Block> blocks() {
		List<Block> blocks = new ArrayList<>();
		for (int i = 0; i < this.lines.size(); i++) {
			Matcher fence = FENCE.matcher(this.lines.get(i));
			if (fence.matches()) {
				int end = end(i + 1, fence.group(2));
				int indent = fence.group(1).length();
				List<String> body = this.lines.subList(i + 1, end)
					.stream()
					.map((line) -> unindent(line, indent))
					.toList();
				blocks.add(new Block(name(), i + 1, fence.group(3).strip(), body));
				i = end;
			}
		}
		return blocks;
	}

	private int end(int from, String fence) {
		for (int i = from; i < this.lines.size(); i++) {
			if (this.lines.get(i).strip().equals(fence)) {
				return i;
			}
		}
		throw new AssertionError(name() + ":" + from + ": the block has no end");
	}

	private static String unindent(String line, int indent) {
		int from = 0;
		while (from < indent && from < line.length() && Character.isWhitespace(line.charAt(from))) {
			from++;
		}
		return line.substring(from);
	}

	/**
	 * Where the page's links lead to.
	 */
	List<Mention> links() {
		return mentions(LINK, CODE);
	}

	/**
	 * What the page sets as code within its text.
	 */
	List<Mention> code() {
		return mentions(CODE, null);
	}

	private List<Mention> mentions(Pattern pattern, Pattern without) {
		List<Mention> found = new ArrayList<>();
		List<String> prose = prose();
		for (int i = 0; i < prose.size(); i++) {
			String line = (without != null) ? without.matcher(prose.get(i)).replaceAll("``") : prose.get(i);
			int number = i + 1;
			pattern.matcher(line).results().forEach((match) -> found.add(new Mention(name(), number, match.group(1))));
		}
		return found;
	}

	/**
	 * The anchors of its headings, as GitHub makes them.
	 */
	Set<String> anchors() {
		Set<String> anchors = new HashSet<>();
		for (String line : prose()) {
			if (line.matches("#{1,6} .*")) {
				anchors.add(line.replaceFirst("#+ ", "")
					.toLowerCase(Locale.ROOT)
					.replaceAll("[^\\p{L}\\p{N} _-]", "")
					.replace(' ', '-'));
			}
		}
		return anchors;
	}

	/**
	 * The lines, with empty ones where there are blocks.
	 */
	private List<String> prose() {
		List<String> prose = new ArrayList<>(this.lines);
		for (Block block : blocks()) {
			for (int i = 0; i < block.lines().size() + 2; i++) {
				prose.set(block.line() - 1 + i, "");
			}
		}
		return prose;
	}

	/**
	 * Something that a page names.
	 *
	 * @param page the page's name
	 * @param line in which it does
	 * @param text what it is
	 */
	record Mention(String page, int line, String text) {

		String problem(String what) {
			return this.page + ":" + this.line + ": " + this.text + " " + what;
		}

	}

}
