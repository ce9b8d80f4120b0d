package io.kalam.testing;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import io.kalam.RealtimeTableType;
import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.capture.debezium.DebeziumChangeSource;
import io.kalam.capture.debezium.DebeziumSettings;
import io.kalam.catalog.KalamSchema;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.Manage;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.ReplicationSlot;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.SlotState;
import io.kalam.catalog.TableReference;
import io.kalam.codec.Codecs;
import io.kalam.event.EventJournal;
import io.kalam.event.EventSnapshotReader;
import io.kalam.event.EventStore;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.partition.RealtimeTables;
import io.kalam.pipeline.OnSlotLost;
import io.kalam.pipeline.PipelineListener;
import io.kalam.pipeline.PipelineSettings;
import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.snapshot.r2dbc.R2dbcSnapshotReader;
import io.kalam.snapshot.r2dbc.SnapshotSettings;
import io.kalam.subscription.LiveHub;
import io.kalam.subscription.SubscriptionEngine;
import io.kalam.subscription.SubscriptionSessions;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The whole engine on a real database, put together as the auto-configuration does it, up
 * to the sessions of the clients.
 */
public final class TestEngine implements AutoCloseable {

	private static final Duration WAIT = Duration.ofSeconds(60);

	private static final Duration HEARTBEAT = Duration.ofMillis(500);

	private static final long MAX_TRANSACTION = 64 << 20;

	private static final long MAX_JOURNAL = 256 << 20;

	private static final long MAX_EVENTS = 32 << 20;

	private final PostgresSettings postgres;

	private final RealtimeTables tables = new RealtimeTables();

	private final LiveHub hub = new LiveHub();

	private final EventStore events = new EventStore(this.tables, Clock.systemUTC(), this.hub::head);

	private final ChangeJournal journal;

	private final SnapshotReader snapshots;

	private final RealtimePipeline pipeline;

	private final SubscriptionEngine sessions;

	/**
	 * An engine that has not been started.
	 */
	public TestEngine(PostgresSettings postgres, RealtimeTableDefinition... definitions) {
		this(postgres, OnSlotLost.RESYNC, MAX_JOURNAL, definitions);
	}

	/**
	 * An engine that has not been started, with a journal that keeps so many bytes.
	 */
	public TestEngine(PostgresSettings postgres, long maxJournal, RealtimeTableDefinition... definitions) {
		this(postgres, OnSlotLost.RESYNC, maxJournal, definitions);
	}

	/**
	 * An engine that has not been started, with a policy for a lost slot.
	 */
	public TestEngine(PostgresSettings postgres, OnSlotLost onSlotLost, RealtimeTableDefinition... definitions) {
		this(postgres, onSlotLost, MAX_JOURNAL, definitions);
	}

	private TestEngine(PostgresSettings postgres, OnSlotLost onSlotLost, long maxJournal,
			RealtimeTableDefinition... definitions) {
		this(postgres, onSlotLost, new MemoryJournal(maxJournal, Duration.ofHours(1), Clock.systemUTC(), Sequence.ZERO),
				MAX_TRANSACTION, SubscriptionEngine.NEVER, definitions);
	}

	/**
	 * An engine that has not been started.
	 * @param journal the journal, which is closed with the engine
	 * @param maxTransaction how many bytes of a transaction are kept in memory
	 */
	public TestEngine(PostgresSettings postgres, OnSlotLost onSlotLost, ChangeJournal journal, long maxTransaction,
			RealtimeTableDefinition... definitions) {
		this(postgres, onSlotLost, journal, maxTransaction, SubscriptionEngine.NEVER, definitions);
	}

	/**
	 * An engine that has not been started, which may collapse what a client has missed.
	 * @param journal the journal, which is closed with the engine
	 * @param maxTransaction how many bytes of a transaction are kept in memory
	 * @param collapseAfter how many missed changes are not collapsed
	 */
	public TestEngine(PostgresSettings postgres, OnSlotLost onSlotLost, ChangeJournal journal, long maxTransaction,
			long collapseAfter, RealtimeTableDefinition... definitions) {
		this(postgres, onSlotLost, journal, maxTransaction, collapseAfter, new Codecs(), definitions);
	}

	/**
	 * An engine that has not been started, with codecs of an application.
	 * @param journal the journal, which is closed with the engine
	 * @param codecs how values look
	 */
	public TestEngine(PostgresSettings postgres, ChangeJournal journal, Codecs codecs,
			RealtimeTableDefinition... definitions) {
		this(postgres, OnSlotLost.RESYNC, journal, MAX_TRANSACTION, SubscriptionEngine.NEVER, codecs, definitions);
	}

	private TestEngine(PostgresSettings postgres, OnSlotLost onSlotLost, ChangeJournal journal, long maxTransaction,
			long collapseAfter, Codecs codecs, RealtimeTableDefinition... definitions) {
		this.postgres = postgres;
		this.journal = new EventJournal(journal,
				new MemoryJournal(MAX_EVENTS, Duration.ofMinutes(10), Clock.systemUTC(), Sequence.ZERO), this.events);
		SnapshotSettings defaults = SnapshotSettings.DEFAULTS;
		this.snapshots = new EventSnapshotReader(this.events,
				new R2dbcSnapshotReader(postgres, new SnapshotSettings(4, WAIT, WAIT, WAIT, defaults.idleTimeout(),
						16 << 10, defaults.directory(), defaults.applicationName()), this.hub::visible));
		DebeziumSettings debezium = new DebeziumSettings(postgres, slot(), "kalam", "test-" + UUID.randomUUID(),
				KalamSchema.MESSAGE_PREFIX, maxTransaction, Map.of(), this.tables::rowTypes);
		PipelineSettings settings = new PipelineSettings(postgres, slot(), "kalam", Manage.CREATE, true, onSlotLost,
				HEARTBEAT, HEARTBEAT);
		this.pipeline = new RealtimePipeline(settings, List.of(definitions), codecs, this.tables, this.events,
				this.journal, this.hub, () -> new DebeziumChangeSource(debezium), Clock.systemUTC(),
				PipelineListener.NONE);
		this.sessions = new SubscriptionEngine(this.tables, new LiveQueryParser(QueryLimits.DEFAULT),
				new AccessDecider(), this.snapshots, this.journal, this.hub, this.pipeline::epoch,
				this.pipeline.heartbeat(), this.pipeline.refresh(), collapseAfter);
	}

	/**
	 * A table whose rows have owners.
	 */
	public static RealtimeTableDefinition owned(String table, String owner) {
		return new RealtimeTableDefinition(new RequiredTable(new TableReference(null, table), owner, "a test"),
				RealtimeTableType.USER, Set.of());
	}

	/**
	 * A table whose rows are everybody's.
	 */
	public static RealtimeTableDefinition shared(String table) {
		return new RealtimeTableDefinition(new RequiredTable(new TableReference(null, table), null, "a test"),
				RealtimeTableType.SHARED, Set.of());
	}

	/**
	 * Starts capture, the first time or again, and waits until it streams.
	 */
	public void start() {
		this.pipeline.start();
		awaitState(PipelineState.STREAMING);
	}

	/**
	 * Waits until the pipeline is in a state.
	 */
	public void awaitState(PipelineState state) {
		Awaitility.await("the pipeline is " + state)
			.atMost(WAIT)
			.pollInterval(Duration.ofMillis(2))
			.until(() -> this.pipeline.status().state() == state);
	}

	/**
	 * Stops capture. Clients stay connected.
	 */
	public void stop() {
		this.pipeline.stop();
	}

	/**
	 * Waits until all that was committed before the call has been published.
	 * @return a position up to which it has
	 */
	public Sequence settle() {
		Lsn end = this.pipeline.heartbeat()
			.timeout(WAIT, Mono.error(() -> new IllegalStateException("No heartbeat: " + this.pipeline.status())))
			.block();
		Awaitility.await("what was committed up to " + end + " is published")
			.atMost(WAIT)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> !end.isAfter(this.hub.head().lsn()));
		return this.hub.head();
	}

	/**
	 * Which server process streams to us, {@code null} if none does.
	 */
	public @Nullable Integer reader() {
		SlotState state = new ReplicationSlot(this.postgres, slot()).read();
		return (state != null) ? state.activePid() : null;
	}

	/**
	 * Drops the replication slot as soon as nobody reads it.
	 */
	public void dropSlot() {
		Awaitility.await("nobody reads the slot").atMost(WAIT).until(() -> reader() == null);
		new ReplicationSlot(this.postgres, slot()).drop();
	}

	public PostgresSettings postgres() {
		return this.postgres;
	}

	/**
	 * The name of the replication slot.
	 */
	public String slot() {
		return "kalam_" + this.postgres.database();
	}

	public RealtimePipeline pipeline() {
		return this.pipeline;
	}

	public RealtimeTables tables() {
		return this.tables;
	}

	public ChangeJournal journal() {
		return this.journal;
	}

	public EventStore events() {
		return this.events;
	}

	public SubscriptionSessions sessions() {
		return this.sessions;
	}

	/**
	 * Sessions that policies decide about.
	 */
	public SubscriptionEngine sessions(RealtimeAccessPolicy... policies) {
		return sessions(QueryLimits.DEFAULT, (request) -> {
		}, policies);
	}

	/**
	 * Sessions whose queries have other limits.
	 * @param limits the limits
	 * @param onRead is told of every snapshot that is asked for
	 * @param policies decide who may read what
	 */
	public SubscriptionEngine sessions(QueryLimits limits, Consumer<SnapshotRequest> onRead,
			RealtimeAccessPolicy... policies) {
		SubscriptionEngine own = this.sessions;
		SnapshotReader reader = new WatchedSnapshotReader(own.snapshots(), onRead);
		AccessDecider access = new AccessDecider(List.of(policies), WAIT, Schedulers.boundedElastic());
		return new SubscriptionEngine(own.tables(), new LiveQueryParser(limits), access, reader, own.journal(),
				own.hub(), own.epoch(), own.heartbeat(), own.refresh(), own.collapseAfter());
	}

	@Override
	public void close() {
		this.pipeline.stop();
		this.snapshots.close();
		this.journal.close();
	}

}
