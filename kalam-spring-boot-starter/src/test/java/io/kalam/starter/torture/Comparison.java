package io.kalam.starter.torture;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.kalam.catalog.Lsn;
import io.kalam.sequence.Sequence;
import io.kalam.starter.torture.TortureDatabase.Entry;
import io.kalam.starter.torture.TortureSubscription.Told;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Postgres holds at a quiet moment, and what it did since the one before.
 */
final class Comparison {

	private final Connection connection;

	private final CommitBook book;

	private final Map<Long, List<Entry>> commits;

	Comparison(Connection connection, CommitBook book) throws SQLException {
		this.connection = connection;
		this.book = book;
		this.commits = TortureDatabase.takeAudit(connection)
			.stream()
			.collect(Collectors.groupingBy(Entry::number, TreeMap::new, Collectors.toList()));
	}

	/**
	 * Compares a subscription.
	 */
	void check(TortureSubscription subscription) {
		TortureQuery query = subscription.query();
		String user = subscription.user();
		assertThat(subscription.rows().all()).as("rows of %s", subscription).isEqualTo(rows(query, user));
		Map<Long, Told> told = new HashMap<>();
		subscription.history()
			.forEach((commit) -> assertThat(told.put(commit.number(), commit)).as("commits that came twice").isNull());
		this.commits.forEach((number, entries) -> {
			Told commit = told.remove(number);
			List<String> expected = Expectation.of(query, user, entries);
			if (commit != null) {
				assertThat(commit.changes()).as("commit %s for %s", number, subscription).isEqualTo(expected);
			}
			else if (!expected.isEmpty()) {
				assertThat(isKnown(subscription, number)).as("commit %s was told to %s", number, subscription).isTrue();
			}
		});
		assertThat(told).as("commits that are none, for %s", subscription).isEmpty();
	}

	private Map<Long, String> rows(TortureQuery query, String user) {
		try {
			return TortureDatabase.strings(this.connection, query.rowsOf(user))
				.stream()
				.map((row) -> query.shown(user, JsonMapper.shared().readTree(row)))
				.collect(Collectors.toMap((row) -> Long.valueOf(row.get("id").asString()), Object::toString));
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Whether a subscription had a commit before it began. It is in its snapshot if the
	 * row that ends it is, or that of a later TRUNCATE.
	 */
	private boolean isKnown(TortureSubscription subscription, long number) {
		Sequence sequence = this.book.sequence(number);
		Lsn position = (sequence != null) ? sequence.lsn() : begun(number);
		if (!position.isAfter(subscription.since().lsn()) || subscription.inSnapshot().contains(number)) {
			return true;
		}
		return subscription.inSnapshot()
			.stream()
			.filter(this.commits::containsKey)
			.anyMatch((other) -> truncates(other, subscription.query()) && !position.isAfter(begun(other)));
	}

	private boolean truncates(long number, TortureQuery query) {
		return this.commits.get(number)
			.stream()
			.anyMatch((entry) -> entry.isTruncate() && entry.table().equals(query.table()));
	}

	private Lsn begun(long number) {
		return this.commits.get(number).get(0).begun();
	}

}
