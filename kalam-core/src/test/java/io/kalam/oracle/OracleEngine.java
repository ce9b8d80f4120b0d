package io.kalam.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.kalam.catalog.PostgresSettings;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.pipeline.OnSlotLost;
import io.kalam.query.QueryLimits;
import io.kalam.query.WindowLimits;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionEngine;
import io.kalam.subscription.SubscriptionSessions;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;

import org.springframework.util.FileSystemUtils;

/**
 * An engine that can be replaced by another one on the same database, with or without the
 * journal of the one before.
 */
final class OracleEngine implements OracleServer, AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final long[] COLLAPSE_AFTER = { 3, 30, SubscriptionEngine.NEVER };

	/**
	 * Hardly any spare rows, so that windows have to be read anew.
	 */
	private static final QueryLimits LIMITS = new QueryLimits(8192, 64, 1024, 32,
			new WindowLimits(100, 1, 1 << 20, Duration.ofMillis(10)));

	private final PostgresSettings postgres;

	private final Kind kind;

	private final Path directory;

	private final OracleAccess access = new OracleAccess();

	private final AtomicInteger staged = new AtomicInteger();

	private TestEngine current;

	private int begun;

	private boolean eventsLost;

	OracleEngine(PostgresSettings postgres, Kind kind) {
		this.postgres = postgres;
		this.kind = kind;
		try {
			this.directory = Files.createTempDirectory("kalam-oracle");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.current = begin();
	}

	private TestEngine begin() {
		TestEngine engine = new TestEngine(this.postgres, OnSlotLost.RESYNC, counted(journal()),
				this.kind.maxTransaction, COLLAPSE_AFTER[this.begun++ % COLLAPSE_AFTER.length], tables());
		engine.start();
		return engine;
	}

	private static RealtimeTableDefinition[] tables() {
		List<RealtimeTableDefinition> tables = new ArrayList<>(OracleStreams.definitions());
		tables.add(TestEngine.owned("notes", "owner"));
		tables.add(TestEngine.shared("board"));
		return tables.toArray(RealtimeTableDefinition[]::new);
	}

	private ChangeJournal journal() {
		if (!this.kind.durable) {
			return new MemoryJournal(this.kind.maxJournal, Duration.ofHours(1), Clock.systemUTC(), Sequence.ZERO);
		}
		RocksJournalSettings settings = new RocksJournalSettings(this.directory, Duration.ofHours(1),
				this.kind.maxJournal, Duration.ofMillis(5), 2 << 10, 4 << 20, 8 << 20);
		return RocksJournal.open(settings, Clock.systemUTC());
	}

	private ChangeJournal counted(ChangeJournal journal) {
		return (ChangeJournal) Proxy.newProxyInstance(ChangeJournal.class.getClassLoader(),
				new Class<?>[] { ChangeJournal.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("stage")) {
						this.staged.incrementAndGet();
					}
					try {
						return method.invoke(journal, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	/**
	 * How many commits were too large to be kept in memory.
	 */
	int staged() {
		return this.staged.get();
	}

	/**
	 * Whether there has to be one.
	 */
	boolean isStaging() {
		return this.kind == Kind.STAGING;
	}

	PostgresSettings postgres() {
		return this.postgres;
	}

	TestEngine current() {
		return this.current;
	}

	@Override
	public SubscriptionSessions sessions() {
		return engine();
	}

	private SubscriptionEngine engine() {
		return this.current.sessions(LIMITS, (request) -> {
		}, this.access.policies());
	}

	OracleAccess access() {
		return this.access;
	}

	@Override
	public int accessVersion(String user, OracleTable table) {
		return this.access.version(user, table);
	}

	@Override
	public boolean hasDenied(String user, OracleTable table, int version) {
		return this.access.hasDenied(user, table, version);
	}

	@Override
	public boolean denies(String user, OracleTable table) {
		return this.access.denies(user, table);
	}

	/**
	 * Has everything of a user decided again, and waits for it.
	 */
	void reevaluate(String user) {
		engine().reevaluate((candidate) -> candidate.name().equals(user)).block(PATIENCE);
	}

	@Override
	public int process() {
		return this.begun;
	}

	/**
	 * Whether events have ended with the engine before, of which nobody can know which.
	 */
	boolean hasLostEvents() {
		return this.eventsLost;
	}

	/**
	 * Ends all events, so that it is known again which live: none. Nobody may write.
	 */
	void endEvents() {
		TestPostgres.execute(this.postgres, OracleStreams.end());
		this.eventsLost = false;
	}

	/**
	 * Whether an event lives of those that end soon.
	 */
	boolean isAnyEnding() {
		return this.current.events().status(OracleStreams.name(OracleTable.BLINKS)).living() > 0;
	}

	@Override
	public boolean isForgetful() {
		return this.kind == Kind.FORGETFUL;
	}

	@Override
	public boolean hasForgotten(Sequence cursor) {
		return this.current.journal().lowWater().isAfter(cursor);
	}

	/**
	 * Ends the engine and begins another one.
	 */
	void restart(boolean keepJournal) {
		this.current.close();
		if (!keepJournal) {
			delete();
		}
		this.eventsLost = true;
		this.current = begin();
	}

	private void delete() {
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.current.close();
		delete();
	}

	/**
	 * Which journal an engine has.
	 */
	enum Kind {

		/** In memory. */
		MEMORY(false, 64 << 20, 256 << 20),

		/** In a directory. */
		ROCKSDB(true, 64 << 20, 256 << 20),

		/** In a directory, with every larger commit staged. */
		STAGING(true, 64 << 10, 256 << 20),

		/** In a directory, with too little room for the history of a round. */
		FORGETFUL(true, 16 << 10, 256 << 10);

		private final boolean durable;

		private final long maxTransaction;

		private final long maxJournal;

		Kind(boolean durable, long maxTransaction, long maxJournal) {
			this.durable = durable;
			this.maxTransaction = maxTransaction;
			this.maxJournal = maxJournal;
		}

	}

}
