package io.kalam.operations;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.kalam.catalog.KalamSchema;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.StartupCheckException;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.event.InvalidEventException;
import io.kalam.event.TestStreams;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.operations.RealtimeEvent.Deleted;
import io.kalam.operations.RealtimeEvent.Existing;
import io.kalam.operations.RealtimeEvent.Inserted;
import io.kalam.operations.RealtimeEvent.Position;
import io.kalam.operations.RealtimeEvent.Reset;
import io.kalam.operations.RealtimeEvent.SnapshotEnd;
import io.kalam.operations.RealtimeEvent.Updated;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.pipeline.OnSlotLost;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionEngine;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Events of streams on a real database: told in transactions, gone when their time is
 * over.
 */
class LiveEventsIntegrationTests {

	private static final Duration LONG = Duration.ofMinutes(10);

	private static final Duration SHORT = Duration.ofSeconds(2);

	private static final String SHORT_LIVED = "SELECT * FROM blinks";

	private static final String TYPINGS = "SELECT * FROM typings";

	private static final EntityMapping MAPPING = new EntityMapping() {

		@Override
		public @Nullable TableReference table(Class<?> type) {
			return new TableReference(null, type.getSimpleName().toLowerCase(Locale.ROOT) + "s");
		}

		@Override
		public @Nullable String column(Class<?> type, String property) {
			return null;
		}

	};

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	private final EventLog log = (prefix, content) -> Mono.fromRunnable(() -> {
		try (Connection connection = connect()) {
			write(connection, prefix, content);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	});

	private TestEngine engine;

	private LiveOperations operations;

	@BeforeEach
	void createTable() {
		TestPostgres.execute(this.postgres, "CREATE TABLE tickets (id int8 PRIMARY KEY, assignee_id text)");
		start();
	}

	private void start() {
		this.engine = new TestEngine(this.postgres, TestEngine.owned("tickets", "assignee_id"),
				stream(Typing.class, "typings", LONG, 3), stream(Blink.class, "blinks", SHORT, 1000),
				TestStreams.define(Word.class, "words", List.of(), "recipient", LONG, 1000));
		this.engine.start();
		this.operations = operations(this.engine);
	}

	private static RealtimeTableDefinition stream(Class<?> type, String name, Duration ttl, int maxRows) {
		return TestStreams.define(type, name, List.of("room", "who"), "recipient", ttl, maxRows);
	}

	private LiveOperations operations(TestEngine of) {
		LiveOperations made = new LiveOperations((SubscriptionEngine) of.sessions(), of.pipeline()::heartbeat, MAPPING,
				this.log);
		of.pipeline().listen(made::follow);
		return made;
	}

	@AfterEach
	void dropSlot() {
		stop();
		this.engine.dropSlot();
	}

	private void stop() {
		this.operations.close();
		this.engine.close();
	}

	@Test
	void areToldToTheirOwnerAndToNobodyElse() {
		try (StreamProbe<RealtimeEvent<Typing>> bob = following("bob");
				StreamProbe<RealtimeEvent<Typing>> carol = following("carol");
				StreamProbe<RealtimeEvent<Typing>> all = StreamProbe.of(this.operations.live(Typing.class, TYPINGS))) {
			assertThat(all.next()).isEqualTo(new SnapshotEnd<>());
			emit(typing("bob", "kitchen"), typing("carol", "garden"));
			assertThat(bob.take(1, Position.class)).extracting(LiveEventsIntegrationTests::room)
				.containsExactly("kitchen");
			assertThat(carol.take(1, Position.class)).extracting(LiveEventsIntegrationTests::room)
				.containsExactly("garden");
			assertThat(all.take(2, Position.class)).extracting(LiveEventsIntegrationTests::room)
				.containsExactly("kitchen", "garden");
			emit(typing("bob", "cellar"));
			assertThat(bob.take(1, Position.class)).extracting(LiveEventsIntegrationTests::room)
				.containsExactly("cellar");
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
	void takeThePlaceOfOnesWithTheSameKeyAndCanBeTakenBack() {
		try (StreamProbe<RealtimeEvent<Typing>> bob = following("bob")) {
			Typing first = typing("bob", "kitchen");
			emit(first, first.counting(2));
			this.operations.retract(first).block();
			this.operations.retract(first).block();
			emit(first.counting(3));
			List<RealtimeEvent<Typing>> told = bob.take(4, Position.class);
			assertThat(((Updated<Typing>) told.get(1)).row().count()).isEqualTo(2);
			assertThat(((Updated<Typing>) told.get(1)).old().count()).isEqualTo(1);
			assertThat(((Deleted<Typing>) told.get(2)).old().count()).isEqualTo(2);
			assertThat(((Inserted<Typing>) told.get(3)).row().count()).isEqualTo(3);
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
	void goWhenTheirTimeIsOverInTheOrderOfTime() {
		try (StreamProbe<RealtimeEvent<Blink>> blinks = StreamProbe
			.of(this.operations.live(Blink.class, RealtimeOptions.owner("bob"), SHORT_LIVED))) {
			assertThat(blinks.next()).isEqualTo(new SnapshotEnd<>());
			Instant begun = Instant.now();
			emit(new Blink("bob", "a", "ann"), new Blink("bob", "b", "ann"));
			List<RealtimeEvent<Blink>> told = blinks.take(4, Position.class);
			assertThat(Duration.between(begun, Instant.now())).isGreaterThan(SHORT.minusMillis(500));
			assertThat(told.subList(2, 4)).extracting((event) -> ((Deleted<Blink>) event).old().room())
				.containsExactly("a", "b");
		}
		assertThat(living(Blink.class, SHORT_LIVED)).isEmpty();
	}

	@Test
	void areReadWhileTheyLive() {
		emit(typing("bob", "a"), typing("bob", "b").counting(5), typing("ann", "z"), typing("bob", "c"),
				typing("bob", "a").counting(9));
		this.engine.settle();
		assertThat(living(Typing.class, TYPINGS)).extracting(Typing::room).containsExactly("b", "c", "a");
		assertThat(living(Typing.class, TYPINGS + " WHERE count > 1")).extracting(Typing::room)
			.containsExactly("b", "a");
		assertThat(living(Typing.class, TYPINGS + " ORDER BY count DESC LIMIT 2")).extracting(Typing::room)
			.containsExactly("a", "b");
	}

	@Test
	void makeRoomForNewerOnesOfTheirOwner() {
		try (StreamProbe<RealtimeEvent<Typing>> bob = following("bob")) {
			emit(typing("ann", "x"), typing("bob", "a"), typing("bob", "b"), typing("bob", "c"), typing("bob", "d"));
			List<RealtimeEvent<Typing>> told = bob.take(5, Position.class);
			assertThat(told.get(3)).isInstanceOf(Inserted.class);
			assertThat(((Deleted<Typing>) told.get(4)).old().room()).isEqualTo("a");
		}
	}

	@Test
	void areResumedByTheProcessThatToldThemAndByNoOther() {
		RealtimeCursor cursor;
		try (StreamProbe<RealtimeEvent<Typing>> bob = following("bob")) {
			emit(typing("bob", "a"), typing("bob", "b"));
			bob.take(2, Position.class);
			cursor = ((Position<Typing>) bob.until(Position.class)).cursor();
		}
		emit(typing("bob", "c"));
		this.operations.retract(typing("bob", "a")).block();
		RealtimeOptions resumed = RealtimeOptions.owner("bob").from(cursor);
		try (StreamProbe<RealtimeEvent<Typing>> bob = StreamProbe.of(this.operations.changes(Typing.class, resumed))) {
			assertThat(bob.take(2, Position.class).get(1)).isInstanceOf(Deleted.class);
		}
		stop();
		start();
		assertThat(StreamProbe.of(this.operations.changes(Typing.class, resumed)).end())
			.isInstanceOf(CursorExpiredException.class);
		try (StreamProbe<RealtimeEvent<Typing>> bob = StreamProbe
			.of(this.operations.changes(Typing.class, RealtimeOptions.owner("bob").fromOrSnapshot(cursor)))) {
			assertThat(bob.next()).isInstanceOf(Reset.class);
		}
	}

	@Test
	void surviveThatTheDatabaseIsAway() {
		emit(typing("bob", "a"));
		this.engine.settle();
		this.engine.stop();
		emit(typing("bob", "b"));
		this.engine.start();
		this.engine.settle();
		assertThat(living(Typing.class, TYPINGS)).extracting(Typing::room).containsExactly("a", "b");
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
			assertThat(bob.take(1, Position.class)).extracting(LiveEventsIntegrationTests::room).containsExactly("a");
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

	private void emit(Object... events) {
		for (Object event : events) {
			this.operations.emit(event).block();
		}
	}

	private StreamProbe<RealtimeEvent<Typing>> following(String owner) {
		StreamProbe<RealtimeEvent<Typing>> probe = StreamProbe
			.of(this.operations.live(Typing.class, RealtimeOptions.owner(owner), TYPINGS));
		assertThat(probe.next()).isEqualTo(new SnapshotEnd<>());
		return probe;
	}

	private <T> List<T> living(Class<T> type, String sql) {
		return this.operations.live(type, RealtimeOptions.owner("bob"), sql)
			.takeUntil(SnapshotEnd.class::isInstance)
			.ofType(Existing.class)
			.map((existing) -> type.cast(existing.row()))
			.collectList()
			.block();
	}

	private LiveOperations within(Connection connection) {
		return new LiveOperations((SubscriptionEngine) this.engine.sessions(), this.engine.pipeline()::heartbeat,
				MAPPING, (prefix, content) -> Mono.fromRunnable(() -> {
					try {
						write(connection, prefix, content);
					}
					catch (SQLException ex) {
						throw new IllegalStateException(ex);
					}
				}));
	}

	private Connection connect() throws SQLException {
		return this.postgres.connect();
	}

	private static void write(Connection connection, String prefix, byte[] content) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("SELECT pg_logical_emit_message(true, ?, ?)")) {
			statement.setString(1, prefix);
			statement.setBytes(2, content);
			statement.execute();
		}
	}

	private static String room(RealtimeEvent<Typing> event) {
		return ((Inserted<Typing>) event).row().room();
	}

	private static Typing typing(String recipient, String room) {
		return new Typing(recipient, room, "ann", 1, 0.5, false, Instant.EPOCH, new Detail("", List.of()), new byte[0],
				Mood.BAD);
	}

	enum Mood {

		GOOD, BAD

	}

	record Detail(String text, List<Integer> numbers) {
	}

	record Typing(String recipient, String room, String who, int count, Double weight, boolean urgent, Instant since,
			Detail detail, byte[] icon, Mood mood) {

		Typing counting(int to) {
			return new Typing(this.recipient, this.room, this.who, to, this.weight, this.urgent, this.since,
					this.detail, this.icon, this.mood);
		}

	}

	record Blink(String recipient, String room, String who) {
	}

	record Word(@Nullable String recipient, String text) {
	}

	record Ticket(Long id, String assigneeId) {
	}

}
