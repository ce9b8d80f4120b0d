package io.kalam.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import io.kalam.operations.RealtimeEvent.Deleted;
import io.kalam.operations.RealtimeEvent.Existing;
import io.kalam.operations.RealtimeEvent.Inserted;
import io.kalam.operations.RealtimeEvent.Position;
import io.kalam.operations.RealtimeEvent.Reset;
import io.kalam.operations.RealtimeEvent.SnapshotEnd;
import io.kalam.operations.RealtimeEvent.Truncated;
import io.kalam.operations.RealtimeEvent.Updated;
import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.PipelineStatus;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Java code that follows tables of a real database.
 */
class LiveOperationsIntegrationTests extends LiveOperationsDatabase {

	@Test
	void tellsTheChangesOfAllOwnersByWholeCommits() {
		try (StreamProbe<RealtimeEvent<Ticket>> stream = following(RealtimeOptions.all())) {
			TestPostgres.execute(this.postgres,
					"INSERT INTO tickets VALUES (1, 'alice', 'a', '2026-01-02T03:04:05Z'), (2, 'bob', 'b', NULL), "
							+ "(3, NULL, 'c', NULL)",
					"UPDATE tickets SET title = 'aa' WHERE id = 1",
					"UPDATE tickets SET assignee_id = 'bob' WHERE id = 3", "DELETE FROM tickets WHERE id = 2",
					"TRUNCATE tickets");
			List<RealtimeEvent<Ticket>> told = stream.take(8, Position.class);
			Ticket alices = new Ticket(1L, "alice", "a", Instant.parse("2026-01-02T03:04:05Z"));
			Ticket bobs = new Ticket(2L, "bob", "b", null);
			Ticket nobodys = new Ticket(3L, null, "c", null);
			RealtimeCommit first = ((Inserted<Ticket>) told.get(0)).commit();
			assertThat(told.subList(0, 3)).containsExactly(new Inserted<>(alices, first, false),
					new Inserted<>(bobs, first, false), new Inserted<>(nobodys, first, true));
			Updated<Ticket> updated = (Updated<Ticket>) told.get(3);
			assertThat(updated.row()).isEqualTo(new Ticket(1L, "alice", "aa", alices.createdAt()));
			assertThat(updated.old()).isEqualTo(alices);
			assertThat(updated.last()).isTrue();
			assertThat(updated.commit().sequence()).isGreaterThan(first.sequence());
			RealtimeCommit moved = ((Deleted<Ticket>) told.get(4)).commit();
			assertThat(told.subList(4, 6)).containsExactly(new Deleted<>(nobodys, moved, false),
					new Inserted<>(new Ticket(3L, "bob", "c", null), moved, true));
			assertThat(((Deleted<Ticket>) told.get(6)).old()).isEqualTo(bobs);
			assertThat(told.get(7)).isInstanceOf(Truncated.class);
		}
	}

	@Test
	void tellsAnOwnerItsOwn() {
		try (StreamProbe<RealtimeEvent<Ticket>> stream = following(RealtimeOptions.owner("bob"))) {
			TestPostgres.execute(this.postgres, "INSERT INTO tickets VALUES (1, 'alice', 'a'), (2, 'bob', 'b')",
					"UPDATE tickets SET assignee_id = 'bob' WHERE id = 1");
			assertThat(stream.take(2, Position.class)).extracting((event) -> ((Inserted<Ticket>) event).row().id())
				.containsExactly(2L, 1L);
		}
	}

	@Test
	void goesOnExactlyFromACursor() {
		RealtimeCursor cursor;
		try (StreamProbe<RealtimeEvent<Ticket>> stream = following(RealtimeOptions.all())) {
			TestPostgres.execute(this.postgres, "INSERT INTO tickets VALUES (1, 'alice', 'a'), (2, NULL, 'b')");
			stream.until(Inserted.class);
			cursor = cursor(stream);
		}
		TestPostgres.execute(this.postgres, "DELETE FROM tickets WHERE id = 2",
				"INSERT INTO tickets VALUES (3, 'bob', 'c')");
		RealtimeCursor kept = RealtimeCursor.parse(cursor.toString());
		try (StreamProbe<RealtimeEvent<Ticket>> stream = StreamProbe
			.of(this.operations.changes(Ticket.class, RealtimeOptions.all().from(kept)))) {
			List<RealtimeEvent<Ticket>> told = stream.take(2, Position.class);
			assertThat(((Deleted<Ticket>) told.get(0)).old()).isEqualTo(new Ticket(2L, null, "b", null));
			assertThat(((Inserted<Ticket>) told.get(1)).row().id()).isEqualTo(3);
		}
	}

	@Test
	void refusesACursorOfSomethingElse() {
		RealtimeCursor cursor;
		try (StreamProbe<RealtimeEvent<Ticket>> stream = following(RealtimeOptions.owner("alice"))) {
			TestPostgres.execute(this.postgres, "INSERT INTO tickets VALUES (1, 'alice', 'a'), (2, 'bob', 'b')");
			cursor = cursor(stream);
		}
		StreamProbe<RealtimeEvent<Ticket>> refused = StreamProbe
			.of(this.operations.changes(Ticket.class, RealtimeOptions.all().from(cursor)));
		assertThat(refused.end()).isInstanceOf(CursorExpiredException.class);
		try (StreamProbe<RealtimeEvent<Ticket>> stream = StreamProbe
			.of(this.operations.changes(Ticket.class, RealtimeOptions.all().fromOrSnapshot(cursor)))) {
			assertThat(stream.next()).isEqualTo(new Reset<>(Reset.Reason.EXPIRED, false));
			assertThat(stream.take(2, Position.class)).extracting((event) -> ((Existing<Ticket>) event).row().id())
				.containsExactlyInAnyOrder(1L, 2L);
			assertThat(stream.next()).isEqualTo(new SnapshotEnd<>());
		}
	}

	@Test
	void refusesCursorsFromBeforeAPurge() {
		RealtimeCursor cursor;
		try (StreamProbe<RealtimeEvent<Ticket>> stream = following(RealtimeOptions.all())) {
			TestPostgres.execute(this.postgres, "INSERT INTO tickets VALUES (1, 'alice', 'a')");
			cursor = cursor(stream);
			TestPostgres.execute(this.postgres, "DELETE FROM tickets");
			this.operations.purge("alice").block(PATIENCE);
			assertThat(stream.until(Reset.class)).isEqualTo(new Reset<>(Reset.Reason.EXPIRED, true));
		}
		assertThat(StreamProbe.of(this.operations.changes(Ticket.class, RealtimeOptions.all().from(cursor))).end())
			.isInstanceOf(CursorExpiredException.class);
	}

	@Test
	void feedsASlowSubscriberFromTheJournalInBoundedMemory() {
		int commits = 400;
		StreamProbe<RealtimeEvent<Ticket>> stream = StreamProbe.of(this.operations.changes(Ticket.class), 1);
		try (stream) {
			stream.until(Position.class);
			for (int i = 0; i < commits; i++) {
				TestPostgres.execute(this.postgres, "INSERT INTO tickets VALUES (" + i + ", 'owner " + i % 37
						+ "', repeat('x', 10000)), (" + (commits + i) + ", NULL, 'y')");
			}
			this.engine.settle();
			assertThat(stream.size()).isZero();
			assertThat(sessions()).singleElement().satisfies((session) -> {
				assertThat(session.queuedBytes()).isLessThanOrEqualTo(1 << 20);
				assertThat(session.behind()).isTrue();
			});
			List<Long> ids = new ArrayList<>();
			while (ids.size() < 2 * commits) {
				stream.request(1);
				RealtimeEvent<Ticket> event = stream.next();
				assertThat(stream.size()).isZero();
				if (event instanceof Inserted<Ticket> inserted) {
					ids.add(inserted.row().id());
					assertThat(inserted.last()).isEqualTo(inserted.row().id() >= commits);
				}
			}
			assertThat(ids).isEqualTo(
					LongStream.range(0, commits).boxed().flatMap((i) -> List.of(i, commits + i).stream()).toList());
		}
	}

	@Test
	void startsAgainWhenTheTableHasChanged() {
		try (StreamProbe<RealtimeEvent<Ticket>> stream = following(RealtimeOptions.all())) {
			TestPostgres.execute(this.postgres, "ALTER TABLE tickets ADD COLUMN more text",
					"INSERT INTO tickets VALUES (1, 'alice', 'a', NULL, 'more')");
			assertThat(stream.until(Reset.class)).isEqualTo(new Reset<>(Reset.Reason.SCHEMA, false));
			assertThat(stream.until((event) -> event instanceof Existing || event instanceof Inserted)).isNotNull();
		}
		finally {
			TestPostgres.execute(this.postgres, "ALTER TABLE tickets DROP COLUMN more");
			this.engine.settle();
			this.engine.pipeline().refresh().block(PATIENCE);
		}
	}

	@Test
	void waitsWhileTheProcessStandsByAndGoesOnWhereItWas() {
		try (StreamProbe<RealtimeEvent<Ticket>> stream = following(RealtimeOptions.all())) {
			this.operations.follow(status(PipelineState.STANDBY));
			Awaitility.await("the session is given up").atMost(PATIENCE).until(() -> sessions().isEmpty());
			TestPostgres.execute(this.postgres, "INSERT INTO tickets VALUES (1, 'alice', 'a')",
					"DELETE FROM tickets WHERE id = 1");
			this.engine.settle();
			this.operations.follow(status(PipelineState.STREAMING));
			List<RealtimeEvent<Ticket>> told = stream.take(2, Position.class);
			assertThat(told.get(0)).isInstanceOf(Inserted.class);
			assertThat(told.get(1)).isInstanceOf(Deleted.class);
		}
	}

	@Test
	void endsWithTheApplication() {
		StreamProbe<RealtimeEvent<Ticket>> stream = following(RealtimeOptions.all());
		assertThat(this.operations.streamCount()).isOne();
		this.operations.close();
		assertThat(stream.end()).isEqualTo("completed");
		assertThat(this.operations.streamCount()).isZero();
		assertThat(StreamProbe.of(this.operations.changes(Ticket.class)).end()).isEqualTo("completed");
	}

	private static RealtimeCursor cursor(StreamProbe<RealtimeEvent<Ticket>> stream) {
		return ((Position<Ticket>) stream.until(Position.class)).cursor();
	}

	private static PipelineStatus status(PipelineState state) {
		return new PipelineStatus(state, Instant.EPOCH, null);
	}

}
