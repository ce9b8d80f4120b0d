package io.kalam.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * While nothing is written it is known which rows are the newest: those with the greatest
 * keys, and of a stream those that were told last. In which order that was nobody knows
 * of what was told in a storm: so all that lives is told again, in an order of its own.
 */
final class NewestRows {

	private static final List<OracleTable> LASTING = List.of(OracleTable.CALLS, OracleTable.CALLS, OracleTable.CALLS,
			OracleTable.HINTS);

	private final OracleEngine engine;

	private final Random random;

	private final OracleCounts counts;

	NewestRows(OracleEngine engine, Random random, OracleCounts counts) {
		this.engine = engine;
		this.random = random;
		this.counts = counts;
	}

	/**
	 * Subscribes to some of the newest rows, and compares them.
	 * @param id of the subscription
	 * @param stream whether to those of a stream
	 * @param connection where to ask which they are
	 */
	void check(String id, OracleClient client, boolean stream, Connection connection) throws SQLException {
		OracleQuery query = readable(client.user(), stream ? LASTING : OracleTable.TABLES);
		Held begun = new Held(query, client.user(), new Wanted(true, 1 + this.random.nextInt(stream ? 3 : 30), false));
		String order = stream ? tellAgain(query.table(), connection)
				: String.join(" DESC, ", query.table().key()) + " DESC";
		client.subscribe(id, begun, 1 + this.random.nextInt(10));
		Awaitility.await().atMost(OracleStorm.PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
			boolean more = client.step();
			return !more && begun.live;
		});
		String readable = this.engine.access().condition(query.table(), client.user());
		List<String> newest = new ArrayList<>(query.newest(connection, readable, order, begun.wanted().lastRows()));
		Collections.reverse(newest);
		assertThat(begun.loaded()).as("the newest rows of %s, %s", query, begun.wanted()).isEqualTo(newest);
		begun.fill(query.rows(connection, readable));
		this.counts.newestEvents.addAndGet((stream && begun.rows().size() > newest.size()) ? 1 : 0);
	}

	/**
	 * A query of one of some tables of which a user may read something.
	 */
	OracleQuery readable(String user, List<OracleTable> tables) {
		List<OracleTable> readable = tables.stream()
			.filter((table) -> !this.engine.denies(user, table))
			.collect(Collectors.toList());
		return RandomQuery.make(readable, this.random, false);
	}

	/**
	 * Tells all events of a stream once more.
	 * @return the order in which they were told, the last first
	 */
	private String tellAgain(OracleTable stream, Connection connection) throws SQLException {
		String order = OracleStreams.order(stream, this.random.nextInt(1000));
		try (Statement statement = connection.createStatement()) {
			for (String told : OracleStreams.again(stream, order)) {
				statement.execute(told);
			}
		}
		this.engine.current().settle();
		return order + " DESC";
	}

}
