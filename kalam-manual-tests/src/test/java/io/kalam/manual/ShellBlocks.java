package io.kalam.manual;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at what is typed into a shell; nothing of it is run. Bash has to understand it,
 * each command has to be one that we expect somebody to have, and what it names of ours
 * (a module, an execution of a plug-in, a file) has to exist.
 */
final class ShellBlocks implements BlockCheck {

	/** What the reader may be asked to have. */
	private static final Set<String> COMMANDS = Set.of("./mvnw", "mvn", "java", "psql", "curl", "sed", "kubectl",
			"export", "nginx", "npm", "pg_upgrade");

	private static final Pattern COMMAND = Pattern
		.compile("(?:^|\\||&&|;|\\$\\()\\s*(?:[A-Z_]+=[^\\s(]*\\s+)*([\\w./-]+)(?![\\w./=-])");

	private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"(?:[^\"\\\\]|\\\\.)*\"", Pattern.DOTALL);

	private static final Pattern MODULES = Pattern.compile("-pl ([\\w,-]+)");

	private static final Pattern EXECUTION = Pattern.compile("exec:exec@([\\w-]+)");

	private static final Pattern FILE = Pattern.compile("(?<=\\s)(?:src|kalam-[a-z-]+|sample-app)/[\\w./-]+");

	private final String executions = read(Page.root().resolve("kalam-benchmarks/pom.xml"));

	@Override
	public Set<String> languages() {
		return Set.of("sh");
	}

	@Override
	public List<String> problems(List<Block> blocks) {
		List<String> problems = new ArrayList<>();
		for (Block block : blocks) {
			Tool.Result syntax = Tool.run(Page.root(), block.text(), "bash", "-n");
			if (syntax.code() != 0) {
				Matcher line = Pattern.compile("line (\\d+)").matcher(syntax.output());
				problems.add(block.problem(line.find() ? Long.parseLong(line.group(1)) : 0, syntax.output().strip()));
			}
			names(block, problems);
		}
		return problems;
	}

	private void names(Block block, List<String> problems) {
		String bare = QUOTED.matcher(block.text()).replaceAll((match) -> match.group().replaceAll("[^\n]", "q"));
		int line = 1;
		for (String command : bare.split("(?<!\\\\)\n", -1)) {
			String code = command.replaceFirst("(^|\\s)#.*", "");
			for (MatchResult found : COMMAND.matcher(code).results().toList()) {
				if (!COMMANDS.contains(found.group(1))) {
					problems.add(block.problem(line, found.group(1) + " is no command that a reader is known to have"));
				}
			}
			ours(block, line, code, problems);
			line += command.split("\n", -1).length;
		}
	}

	private void ours(Block block, int line, String code, List<String> problems) {
		Map<Pattern, Integer> groups = Map.of(MODULES, 1, EXECUTION, 1, FILE, 0);
		groups.forEach((pattern, group) -> pattern.matcher(code).results().forEach((found) -> {
			for (String name : found.group(group).split(",")) {
				boolean there = (pattern == EXECUTION) ? this.executions.contains("<id>" + name + "</id>")
						: Files.exists(Page.root().resolve(name));
				if (!there) {
					problems.add(block.problem(line, "there is no " + name));
				}
			}
		}));
	}

	private static String read(Path file) {
		return String.join("\n", Page.read(file).lines());
	}

}
