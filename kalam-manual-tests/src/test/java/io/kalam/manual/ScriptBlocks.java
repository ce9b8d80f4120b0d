package io.kalam.manual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Type-checks what is written for the browser against the client's declarations, with the
 * TypeScript that the client's build has installed; {@code globals.d.ts} declares what
 * pages have of their own. Of HTML the scripts are looked at. Without TypeScript only
 * Node.js reads it, and of plain JavaScript alone.
 */
final class ScriptBlocks implements BlockCheck {

	private static final Pattern SCRIPT = Pattern.compile("<script type=\"module\">\n(.*?)</script>", Pattern.DOTALL);

	private static final Pattern ERROR = Pattern.compile("^(s\\d+)\\.\\w+\\((\\d+),\\d+\\): error (.*)$",
			Pattern.MULTILINE);

	private static final Map<String, String> ENDINGS = Map.of("js", ".js", "html", ".js", "ts", ".ts", "jsx", ".jsx");

	private final Path client = Page.root().resolve("kalam-client");

	@Override
	public String notChecked() {
		return checksTypes() ? null
				: "Types of scripts were not checked: kalam-client/node_modules/typescript or Node.js is missing";
	}

	private boolean checksTypes() {
		return Tool.exists("node") && Files.exists(compiler());
	}

	private Path compiler() {
		return this.client.resolve("node_modules/typescript/bin/tsc");
	}

	@Override
	public Set<String> languages() {
		return ENDINGS.keySet();
	}

	@Override
	public List<String> problems(List<Block> blocks) {
		try {
			Path directory = Files.createTempDirectory(Files.createDirectories(this.client.resolve("target")),
					"manual");
			try {
				return checksTypes() ? types(blocks, directory) : syntax(blocks, directory);
			}
			finally {
				delete(directory);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> types(List<Block> blocks, Path directory) throws IOException {
		Files.writeString(directory.resolve("globals.d.ts"), TextResource.read("globals.d.ts"));
		Files.writeString(directory.resolve("tsconfig.json"), TextResource.read("tsconfig.json"));
		Map<String, Block> files = new TreeMap<>();
		for (Block block : blocks) {
			String name = "s" + files.size();
			files.put(name, block);
			Files.writeString(directory.resolve(name + ENDINGS.get(block.language())), script(block));
		}
		Tool.Result result = Tool.run(directory, "", "node", compiler().toString(), "-p", ".", "--pretty", "false");
		List<String> problems = new ArrayList<>();
		ERROR.matcher(result.output())
			.results()
			.forEach((error) -> problems
				.add(files.get(error.group(1)).problem(Long.parseLong(error.group(2)), error.group(3))));
		if (result.code() != 0 && problems.isEmpty()) {
			throw new AssertionError(result.output());
		}
		return problems;
	}

	private static List<String> syntax(List<Block> blocks, Path directory) throws IOException {
		List<String> problems = new ArrayList<>();
		Path file = directory.resolve("block.mjs");
		for (Block block : blocks) {
			if (Tool.exists("node") && ENDINGS.get(block.language()).equals(".js")) {
				Files.writeString(file, script(block));
				Tool.Result result = Tool.run(directory, "", "node", "--check", file.toString());
				if (result.code() != 0) {
					Matcher line = Pattern.compile("block\\.mjs:(\\d+)").matcher(result.output());
					problems
						.add(block.problem(line.find() ? Long.parseLong(line.group(1)) : 0, result.output().strip()));
				}
			}
		}
		return problems;
	}

	/**
	 * The script, each line where it is in the block. TypeScript takes a path from the
	 * root for one of the disk.
	 */
	private static String script(Block block) {
		String text = block.text();
		if (block.language().equals("html")) {
			Matcher script = SCRIPT.matcher(text);
			text = script.find()
					? "\n".repeat((int) text.substring(0, script.start(1)).lines().count()) + script.group(1) : "";
		}
		return text.replace("\"/kalam/kalam.js\"", "\"kalam-client\"");
	}

	private static void delete(Path directory) throws IOException {
		try (java.util.stream.Stream<Path> files = Files.list(directory)) {
			for (Path file : files.toList()) {
				Files.delete(file);
			}
		}
		Files.delete(directory);
	}

}
