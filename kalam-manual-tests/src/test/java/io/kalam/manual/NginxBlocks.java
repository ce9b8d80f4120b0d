package io.kalam.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Looks at the form of a configuration of nginx, and at the names of its directives. It
 * is not tried: the build has no nginx.
 */
final class NginxBlocks implements BlockCheck {

	private static final Set<String> DIRECTIVES = Set.of("upstream", "server", "listen", "location", "proxy_pass",
			"proxy_http_version", "proxy_set_header", "proxy_next_upstream", "proxy_read_timeout");

	@Override
	public Set<String> languages() {
		return Set.of("nginx");
	}

	@Override
	public List<String> problems(List<Block> blocks) {
		List<String> problems = new ArrayList<>();
		blocks.forEach((block) -> look(block, problems));
		return problems;
	}

	private static void look(Block block, List<String> problems) {
		int open = 0;
		int number = 0;
		for (String text : block.lines()) {
			number++;
			String line = text.replaceFirst("#.*", "").strip();
			open += line.endsWith("{") ? 1 : 0;
			open -= line.equals("}") ? 1 : 0;
			if (!line.isEmpty() && !line.equals("}")) {
				directive(block, number, line, problems);
			}
		}
		if (open != 0) {
			problems.add(block.problem(number, "a block is left open, or closed twice"));
		}
	}

	private static void directive(Block block, int number, String line, List<String> problems) {
		if (!line.endsWith(";") && !line.endsWith("{")) {
			problems.add(block.problem(number, "a directive ends with a semicolon"));
		}
		String name = line.split("[\\s;{]", 2)[0];
		if (!DIRECTIVES.contains(name)) {
			problems.add(block.problem(number, "there is no directive " + name + " that we know"));
		}
	}

}
