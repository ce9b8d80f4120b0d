package io.kalam.operations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.TableReference;
import io.kalam.event.TestStreams;
import io.kalam.operations.RealtimeEvent.Existing;
import io.kalam.operations.RealtimeEvent.Inserted;
import io.kalam.operations.RealtimeEvent.SnapshotEnd;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.subscription.SubscriptionEngine;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An engine on a real database whose streams are told, and what follows them.
 */
abstract class LiveEvents {

	static final Duration LONG = Duration.ofMinutes(10);

	static final Duration SHORT = Duration.ofSeconds(2);

	static final String SHORT_LIVED = "SELECT * FROM blinks";

	static final String TYPINGS = "SELECT * FROM typings";

	static final EntityMapping MAPPING = new EntityMapping() {

		@Override
		public @Nullable TableReference table(Class<?> type) {
			return new TableReference(null, type.getSimpleName().toLowerCase(Locale.ROOT) + "s");
		}

		@Override
		public @Nullable String column(Class<?> type, String property) {
			return null;
		}

	};

	final PostgresSettings postgres = TestPostgres.createDatabase();

	private final EventLog log = (prefix, content) -> Mono.fromRunnable(() -> {
		try (Connection connection = connect()) {
			write(connection, prefix, content);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	});

	TestEngine engine;

	LiveOperations operations;

	@BeforeEach
	void createTable() {
		TestPostgres.execute(this.postgres, "CREATE TABLE tickets (id int8 PRIMARY KEY, assignee_id text)");
		start();
	}

	void start() {
		this.engine = new TestEngine(this.postgres, TestEngine.owned("tickets", "assignee_id"),
				stream(Typing.class, "typings", LONG, 3), stream(Blink.class, "blinks", SHORT, 1000),
				TestStreams.define(Word.class, "words", List.of(), "recipient", LONG, 1000));
		this.engine.start();
		this.operations = operations(this.engine);
	}

	static RealtimeTableDefinition stream(Class<?> type, String name, Duration ttl, int maxRows) {
		return TestStreams.define(type, name, List.of("room", "who"), "recipient", ttl, maxRows);
	}

	LiveOperations operations(TestEngine of) {
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

	void stop() {
		this.operations.close();
		this.engine.close();
	}

	void emit(Object... events) {
		for (Object event : events) {
			this.operations.emit(event).block();
		}
	}

	StreamProbe<RealtimeEvent<Typing>> following(String owner) {
		StreamProbe<RealtimeEvent<Typing>> probe = StreamProbe
			.of(this.operations.live(Typing.class, RealtimeOptions.owner(owner), TYPINGS));
		assertThat(probe.next()).isEqualTo(new SnapshotEnd<>());
		return probe;
	}

	<T> List<T> living(Class<T> type, String sql) {
		return this.operations.live(type, RealtimeOptions.owner("bob"), sql)
			.takeUntil(SnapshotEnd.class::isInstance)
			.ofType(Existing.class)
			.map((existing) -> type.cast(existing.row()))
			.collectList()
			.block();
	}

	LiveOperations within(Connection connection) {
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

	Connection connect() throws SQLException {
		return this.postgres.connect();
	}

	static void write(Connection connection, String prefix, byte[] content) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("SELECT pg_logical_emit_message(true, ?, ?)")) {
			statement.setString(1, prefix);
			statement.setBytes(2, content);
			statement.execute();
		}
	}

	static String room(RealtimeEvent<Typing> event) {
		return ((Inserted<Typing>) event).row().room();
	}

	static Typing typing(String recipient, String room) {
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
