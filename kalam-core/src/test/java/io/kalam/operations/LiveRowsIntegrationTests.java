package io.kalam.operations;

import java.math.BigDecimal;
import java.util.List;

import io.kalam.operations.RealtimeEvent.Existing;
import io.kalam.operations.RealtimeEvent.Inserted;
import io.kalam.operations.RealtimeEvent.Position;
import io.kalam.operations.RealtimeEvent.SnapshotEnd;
import io.kalam.subscription.ErrorCode;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Java code that follows the rows of a query.
 */
class LiveRowsIntegrationTests extends LiveOperationsDatabase {

	@Test
	void tellsTheRowsOfAQueryAndWhatBecomesOfThem() {
		TestPostgres.execute(this.postgres, "INSERT INTO tickets VALUES (1, 'alice', 'a'), (2, 'bob', 'b')");
		try (StreamProbe<RealtimeEvent<Title>> stream = StreamProbe
			.of(this.operations.live(Title.class, "SELECT title FROM tickets WHERE title <> $1", "b"))) {
			assertThat(stream.next()).isEqualTo(new Existing<>(new Title(1, "a")));
			assertThat(stream.next()).isEqualTo(new SnapshotEnd<>());
			stream.until(Position.class);
			TestPostgres.execute(this.postgres, "UPDATE tickets SET title = 'c' WHERE id = 2");
			assertThat(((Inserted<Title>) stream.until(Inserted.class)).row()).isEqualTo(new Title(2, "c"));
		}
	}

	@Test
	void readsASharedTableWhoeverMay() {
		TestPostgres.execute(this.postgres, "INSERT INTO rates VALUES (1, 12345678901234567890.50)");
		try (StreamProbe<RealtimeEvent<Rate>> stream = StreamProbe
			.of(this.operations.live(Rate.class, "SELECT * FROM rates"))) {
			assertThat(((Existing<Rate>) stream.next()).row().rate).isEqualTo("12345678901234567890.50");
		}
	}

	@Test
	void tellsAllRowsAgainAndAgainInOrder() {
		TestPostgres.execute(this.postgres, """
				INSERT INTO tickets VALUES (1, 'alice', 'a', '2026-01-01T10:00:00Z'),
				(2, 'bob', 'b', '2026-01-01T12:00:00Z'), (3, NULL, 'c', '2026-01-01T11:00:00Z')""");
		try (StreamProbe<List<Ticket>> lists = StreamProbe.of(this.operations.rows(Ticket.class, RealtimeOptions.all(),
				"SELECT * FROM tickets ORDER BY created_at DESC LIMIT 2"))) {
			assertThat(lists.next()).extracting(Ticket::id).containsExactly(2L, 3L);
			TestPostgres.execute(this.postgres, "UPDATE tickets SET created_at = '2026-01-02T00:00:00Z' WHERE id = 1");
			assertThat(lists.until((rows) -> rows.get(0).id() == 1)).extracting(Ticket::id).containsExactly(1L, 2L);
			TestPostgres.execute(this.postgres, "DELETE FROM tickets WHERE id <> 3");
			assertThat(lists.until((rows) -> rows.size() == 1)).extracting(Ticket::id).containsExactly(3L);
		}
	}

	@Test
	void saysWhatDoesNotFit() {
		TestPostgres.execute(this.postgres, "INSERT INTO tickets VALUES (1, 'alice', 'secret')");
		Object failure = StreamProbe.of(this.operations.live(Wrong.class, "SELECT id, title FROM tickets")).end();
		assertThat(failure).isInstanceOfSatisfying(RowConversionException.class,
				(ex) -> assertThat(ex).hasNoCause()
					.hasMessage("The column title (text) of public.tickets does not fit the property title (int) of "
							+ Wrong.class.getName() + ": its values can't be converted to that"));
		failure = StreamProbe.of(this.operations.live(Title.class, "SELECT id FROM tickets")).end();
		assertThat(failure).isInstanceOfSatisfying(RowConversionException.class,
				(ex) -> assertThat(ex).hasMessage("The query has no column for the property title of "
						+ Title.class.getName() + ": SELECT title too, or leave the property out"));
		failure = StreamProbe.of(this.operations.live(Title.class, "SELECT nothing FROM tickets")).end();
		assertThat(failure).isInstanceOfSatisfying(RealtimeStreamException.class,
				(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_SQL));
		assertThatIllegalArgumentException().isThrownBy(() -> this.operations.changes(Title.class))
			.withMessageContaining("is no entity");
	}

	record Title(long id, String title) {

	}

	record Wrong(long id, int title) {

	}

	static class Rate {

		private int id;

		private BigDecimal rate;

		protected Rate() {
		}

	}

}
