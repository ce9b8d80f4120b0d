package io.kalam.catalog;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * The way to a timeline: at which position each earlier one was left.
 *
 * @param timeline the timeline that the log is written on
 * @param left for each of its ancestors the position at which it was left; what was
 * written behind it is lost
 */
public record TimelineHistory(int timeline, Map<Integer, Lsn> left) {

	public TimelineHistory {
		left = Map.copyOf(left);
	}

	/**
	 * Asks the server.
	 * @param settings the server
	 * @param timeline the timeline that its log is written on
	 * @return the history
	 */
	public static TimelineHistory read(PostgresSettings settings, int timeline) {
		if (timeline == 1) {
			return new TimelineHistory(timeline, Map.of());
		}
		try (Connection connection = settings.connectForReplication();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("TIMELINE_HISTORY " + timeline)) {
			row.next();
			return parse(timeline, new String(row.getBytes(2), StandardCharsets.UTF_8));
		}
		catch (SQLException ex) {
			throw PostgresFailures.working(ex, settings);
		}
	}

	/**
	 * Reads a history file.
	 * @param timeline the timeline to which the file leads
	 * @param file lines of timeline, position and reason; comments begin with {@code #}
	 * @return the history
	 */
	static TimelineHistory parse(int timeline, String file) {
		Map<Integer, Lsn> left = new HashMap<>();
		file.lines().map(String::strip).filter((line) -> !line.isEmpty() && line.charAt(0) != '#').forEach((line) -> {
			String[] fields = line.split("\\s+", 3);
			left.put(Integer.parseInt(fields[0]), Lsn.parse(fields[1]));
		});
		return new TimelineHistory(timeline, left);
	}

	/**
	 * Whether what was written on a timeline is part of this history.
	 * @param earlier the timeline on which it was written
	 * @param position up to where it was written
	 * @return whether nothing of it is lost
	 */
	public boolean contains(int earlier, Lsn position) {
		Lsn end = this.left.get(earlier);
		return earlier == this.timeline || (end != null && !position.isAfter(end));
	}

}
