package io.kalam.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryException;
import io.kalam.query.QueryLimits;

/**
 * Reads live queries: a block of them ({@code sql live}), and those that scripts and
 * frames hold.
 */
final class LiveQueryBlocks implements BlockCheck {

	static final String MANNER = "live";

	private static final Pattern IN_SCRIPT = Pattern.compile("(?:live|useLiveQuery)\\(\\s*\"([^\"]+)\"");

	private static final Pattern IN_FRAME = Pattern.compile("\"sql\":\"([^\"]+)\"");

	private final LiveQueryParser parser = new LiveQueryParser(QueryLimits.DEFAULT);

	@Override
	public Set<String> languages() {
		return Set.of("sql", "js", "jsx", "ts", "html", "json");
	}

	@Override
	public List<String> problems(List<Block> blocks) {
		List<String> problems = new ArrayList<>();
		for (Block block : blocks) {
			if (!block.language().equals("sql")) {
				within(block, block.language().equals("json") ? IN_FRAME : IN_SCRIPT, problems);
			}
			else if (block.manner().equals(MANNER)) {
				statements(block, problems);
			}
		}
		return problems;
	}

	private void statements(Block block, List<String> problems) {
		for (SqlStatement statement : SqlStatement.split(block.text())) {
			query(block, statement.line(), statement.sql(), problems);
		}
	}

	private void within(Block block, Pattern pattern, List<String> problems) {
		for (MatchResult found : pattern.matcher(block.text()).results().toList()) {
			String before = block.text().substring(0, found.start(1));
			query(block, Math.max(before.lines().count(), 1), found.group(1), problems);
		}
	}

	private void query(Block block, long line, String sql, List<String> problems) {
		try {
			this.parser.options(sql.strip());
		}
		catch (QueryException ex) {
			problems.add(block.problem(line, ex.getMessage()));
		}
	}

}
