package io.kalam.operations;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.kalam.catalog.KalamSchema;
import io.kalam.catalog.StartupCheckException;
import io.kalam.catalog.TableName;
import io.kalam.event.InvalidEventException;
import io.kalam.event.TestStreams;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.operations.RealtimeEvent.Inserted;
import io.kalam.operations.RealtimeEvent.Position;
import io.kalam.operations.RealtimeEvent.SnapshotEnd;
import io.kalam.pipeline.OnSlotLost;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionEngine;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Events of streams on a real database are told in transactions, to those whom they
 * concern.
 */
class LiveEventsIntegrationTests extends LiveEvents {

	@Test
	void areToldToTheirOwnerAndToNobodyElse() {
		try (StreamProbe<RealtimeEvent<Typing>> bob = following("bob");
				StreamProbe<RealtimeEvent<Typing>> carol = following("carol");
				StreamProbe<RealtimeEvent<Typing>> all = StreamProbe.of(this.operations.live(Typing.class, TYPINGS))) {
			assertThat(all.next()).isEqualTo(new SnapshotEnd<>());
			emit(typing("bob", "kitchen"), typing("carol", "garden"));
			assertThat(bob.take(1, Position.class)).extracting(LiveEvents::room).containsExactly("kitchen");
			assertThat(carol.take(1, Position.class)).extracting(LiveEvents::room).containsExactly("garden");
			assertThat(all.take(2, Position.class)).extracting(LiveEvents::room).containsExactly("kitchen", "garden");
			emit(typing("bob", "cellar"));
			assertThat(bob.take(1, Position.class)).extracting(LiveEvents::room).containsExactly("cellar");
		}
	}

	@Test
	void needNoTable() {
		dropSlot();
		this.engine = new TestEngine(TestPostgres.createDatabase(),
				TestStreams.define(Word.class, "words", List.of(), "recipient", LONG, 1000));
		this.engine.start();
		this.operations = new LiveOperations((SubscriptionEngine) this.engine.sessions(),
				this.engine.pipeline()::heartbeat, MAPPING, (prefix, content) -> Mono.fromRunnable(() -> {
					try (Connection connection = this.engine.postgres().connect()) {
						write(connection, prefix, content);
					}
					catch (SQLException ex) {
						throw new IllegalStateException(ex);
					}
				}));
		this.engine.pipeline().listen(this.operations::follow);
		try (StreamProbe<RealtimeEvent<Word>> bob = StreamProbe
			.of(this.operations.live(Word.class, RealtimeOptions.owner("bob"), "SELECT * FROM words"))) {
			assertThat(bob.next()).isEqualTo(new SnapshotEnd<>());
			emit(new Word("bob", "hello"));
			assertThat(((Inserted<Word>) bob.until(Inserted.class)).row().text()).isEqualTo("hello");
		}
	}

	@Test
	void areToldAtTheEndOfATransactionThatDoesNotFitIntoMemory() throws SQLException {
		stop();
		this.engine = new TestEngine(this.postgres, OnSlotLost.RESYNC,
				new MemoryJournal(64 << 20, Duration.ofHours(1), Clock.systemUTC(), Sequence.ZERO), 50_000,
				TestEngine.owned("tickets", "assignee_id"),
				TestStreams.define(Word.class, "words", List.of(), "recipient", LONG, 1000));
		this.engine.start();
		this.operations = operations(this.engine);
		try (StreamProbe<RealtimeEvent<Word>> words = StreamProbe
			.of(this.operations.live(Word.class, "SELECT * FROM words"));
				StreamProbe<RealtimeEvent<Ticket>> tickets = StreamProbe
					.of(this.operations.live(Ticket.class, "SELECT * FROM tickets"));
				Connection connection = connect()) {
			assertThat(words.next()).isEqualTo(new SnapshotEnd<>());
			assertThat(tickets.next()).isEqualTo(new SnapshotEnd<>());
			connection.setAutoCommit(false);
			within(connection).emit(new Word("bob", "one")).block();
			connection.createStatement().execute("INSERT INTO tickets SELECT n, 'bob' FROM generate_series(1, 2000) n");
			within(connection).emit(new Word("bob", "two")).block();
			connection.commit();
			List<RealtimeEvent<Word>> told = words.take(2, Position.class);
			assertThat(told).extracting((event) -> ((Inserted<Word>) event).row().text()).containsExactly("one", "two");
			List<RealtimeEvent<Ticket>> rows = tickets.take(2000, Position.class);
			assertThat(((Inserted<Ticket>) rows.get(1999)).commit()).isEqualTo(((Inserted<Word>) told.get(0)).commit());
		}
		assertThat(living(Word.class, "SELECT * FROM words")).hasSize(2);
	}

	@Test
	void aTableOfTheSameNameIsOutOfQuestion() {
		stop();
		this.engine = new TestEngine(this.postgres, TestEngine.owned("tickets", "assignee_id"),
				TestStreams.define(Word.class, "tickets", List.of(), "recipient", LONG, 1000));
		assertThatExceptionOfType(StartupCheckException.class).isThrownBy(() -> this.engine.pipeline().start())
			.withMessageContaining("have one name")
			.withMessageContaining("@RealtimeTable(type = STREAM, table");
	}

	@Test
	void keepAllKindsOfValues() {
		Typing whole = new Typing("bob", "kitchen", "ann", 7, 1.5, true, Instant.parse("2026-01-02T03:04:05.123456Z"),
				new Detail("a", List.of(1, 2)), new byte[] { 1, 2 }, Mood.GOOD);
		try (StreamProbe<RealtimeEvent<Typing>> bob = following("bob")) {
			emit(whole);
			Typing told = ((Inserted<Typing>) bob.take(1, Position.class).get(0)).row();
			assertThat(told).usingRecursiveComparison().isEqualTo(whole);
		}
	}

	@Test
	void areToldIfTheirTransactionCommitsAndWithItsOtherChanges() throws SQLException {
		try (StreamProbe<RealtimeEvent<Word>> words = StreamProbe
			.of(this.operations.live(Word.class, "SELECT * FROM words"));
				StreamProbe<RealtimeEvent<Ticket>> tickets = StreamProbe
					.of(this.operations.live(Ticket.class, "SELECT * FROM tickets"));
				Connection connection = connect()) {
			assertThat(words.next()).isEqualTo(new SnapshotEnd<>());
			assertThat(tickets.next()).isEqualTo(new SnapshotEnd<>());
			connection.setAutoCommit(false);
			LiveOperations within = within(connection);
			within.emit(new Word("bob", "never")).block();
			connection.rollback();
			within.emit(new Word("bob", "one")).block();
			connection.createStatement().execute("INSERT INTO tickets VALUES (1, 'bob')");
			within.emit(new Word("bob", "two")).block();
			connection.commit();
			List<RealtimeEvent<Word>> told = words.take(2, Position.class);
			assertThat(told).extracting((event) -> ((Inserted<Word>) event).row().text()).containsExactly("one", "two");
			RealtimeCommit commit = ((Inserted<Word>) told.get(0)).commit();
			assertThat(((Inserted<Ticket>) tickets.until(Inserted.class)).commit()).isEqualTo(commit);
		}
	}

	@Test
	void areToldByTheThousandAndTheNewestLive() {
		try (StreamProbe<RealtimeEvent<Word>> words = StreamProbe
			.of(this.operations.live(Word.class, "SELECT * FROM words"))) {
			assertThat(words.next()).isEqualTo(new SnapshotEnd<>());
			TestPostgres.execute(this.postgres,
					"""
							SELECT count(pg_logical_emit_message(true, 'kalam.event.public.words', convert_to(json_build_object('put',
								json_build_object('event_id', gen_random_uuid(), 'recipient', 'bob', 'text', n::text))::text, 'UTF8')))
							FROM generate_series(1, 10000) n""");
			List<String> told = new ArrayList<>();
			while (told.size() < 10_000) {
				if (words.next() instanceof Inserted<Word> inserted) {
					told.add(inserted.row().text());
				}
			}
			assertThat(told).isEqualTo(IntStream.rangeClosed(1, 10_000).mapToObj(String::valueOf).toList());
		}
		assertThat(living(Word.class, "SELECT * FROM words")).hasSize(1000)
			.extracting(Word::text)
			.startsWith("9001")
			.endsWith("10000");
	}

	@Test
	void areLeftOutIfNobodyCanReadThem() throws SQLException {
		String prefix = KalamSchema.eventPrefix(new TableName("public", "typings"));
		try (Connection connection = connect(); StreamProbe<RealtimeEvent<Typing>> bob = following("bob")) {
			for (String garbage : List.of("", "{", "[]", "{}", "{\"put\":{}}", "{\"put\":{\"recipient\":\"bob\"}}",
					"{\"put\":{},\"remove\":{}}", "{\"put\":17}")) {
				write(connection, prefix, garbage.getBytes(StandardCharsets.UTF_8));
			}
			write(connection, KalamSchema.EVENT_PREFIX + "public.unknown", new byte[1]);
			write(connection, KalamSchema.EVENT_PREFIX, new byte[1]);
			emit(typing("bob", "a"));
			assertThat(bob.take(1, Position.class)).extracting(LiveEvents::room).containsExactly("a");
		}
	}

	@Test
	void areRefusedIfTheyAreNone() {
		assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> emit("a text"))
			.withMessageContaining("@RealtimeTable(type = STREAM)");
		assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> emit(new Ticket(1L, "bob")));
		assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> emit(new Word(null, "a")))
			.withMessageContaining("needs a value for recipient");
		assertThatExceptionOfType(InvalidEventException.class)
			.isThrownBy(() -> emit(new Word("bob", "x".repeat(70_000))))
			.withMessageContaining("Store what is large");
		assertThatExceptionOfType(InvalidEventException.class)
			.isThrownBy(() -> this.operations.retract(new Word("bob", "a")).block())
			.withMessageContaining("key");
	}

}
