package io.kalam.query;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RecentQueries}.
 */
class RecentQueriesTests {

	private final RecentQueries queries = new RecentQueries();

	private final List<String> read = new ArrayList<>();

	@Test
	void aTextIsReadOnce() {
		Syntax.Query first = get("SELECT id FROM tickets");
		assertThat(get("SELECT id FROM tickets")).isSameAs(first);
		assertThat(this.read).hasSize(1);
	}

	@Test
	void anotherTextIsAnotherQuery() {
		Syntax.Query first = get("SELECT id FROM tickets");
		assertThat(get("SELECT title FROM tickets")).isNotEqualTo(first);
		assertThat(get("SELECT id FROM Tickets")).isNotSameAs(first);
		assertThat(this.read).hasSize(3);
	}

	@Test
	void thoseThatWereNotUsedForLongestAreForgotten() {
		get(query(0));
		for (int i = 1; i < RecentQueries.MOST; i++) {
			get(query(i));
		}
		get(query(0));
		get(query(RecentQueries.MOST));
		this.read.clear();
		get(query(0));
		assertThat(this.read).isEmpty();
		get(query(1));
		assertThat(this.read).containsExactly(query(1));
	}

	@Test
	void aLongTextIsNotKept() {
		String sql = query(0) + " ".repeat(RecentQueries.LONGEST);
		get(sql);
		get(sql);
		assertThat(this.read).hasSize(2);
	}

	@Test
	void aRefusalIsNotKept() {
		for (int i = 1; i <= 2; i++) {
			assertThatExceptionOfType(QueryException.class).isThrownBy(() -> get("SELECT FROM"));
			assertThat(this.read).hasSize(i);
		}
	}

	private static String query(int number) {
		return "SELECT id FROM tickets WHERE id = " + number;
	}

	private Syntax.Query get(String sql) {
		return this.queries.get(sql, (text) -> {
			this.read.add(text);
			return QueryReader.read(text, QueryLimits.DEFAULT);
		});
	}

}
