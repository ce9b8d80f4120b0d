package io.kalam.manual;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Executes SQL, one statement after the other, on one connection for each block. A
 * {@code sql since 18} is left to servers of that version.
 */
final class SqlBlocks implements BlockCheck {

	/**
	 * What Kalam makes otherwise.
	 */
	static final String BY_HAND = "by hand";

	private static final Pattern SINCE = Pattern.compile("since (\\d+)");

	private final DeskDatabase database;

	SqlBlocks(DeskDatabase database) {
		this.database = database;
	}

	/**
	 * The blocks of a page that are to be executed.
	 */
	static List<Block> of(Page page) {
		return page.blocks()
			.stream()
			.filter((block) -> block.language().equals("sql"))
			.filter((block) -> !Set.of(BY_HAND, LiveQueryBlocks.MANNER).contains(block.manner()))
			.toList();
	}

	@Override
	public Set<String> languages() {
		return Set.of("sql");
	}

	@Override
	public List<String> problems(List<Block> blocks) {
		List<String> problems = new ArrayList<>();
		for (Block block : blocks) {
			try (Connection connection = this.database.connect(); Statement statement = connection.createStatement()) {
				Matcher since = SINCE.matcher(block.manner());
				if (!since.matches()
						|| connection.getMetaData().getDatabaseMajorVersion() >= Integer.parseInt(since.group(1))) {
					execute(block, statement, problems);
				}
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return problems;
	}

	private static void execute(Block block, Statement statement, List<String> problems) {
		for (SqlStatement each : SqlStatement.split(block.text())) {
			try {
				statement.execute(each.sql());
			}
			catch (SQLException ex) {
				problems.add(block.problem(each.line(), ex.getMessage() + " in: " + each.sql()));
			}
		}
	}

}
