package io.kalam.oracle;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import io.kalam.catalog.PostgresSettings;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Sequence;
import org.awaitility.Awaitility;

/**
 * Writers who never agree and clients who come and go; and quiet moments, at which what
 * each client holds has to be what its query returns.
 */
final class OracleStorm implements AutoCloseable {

	static final List<String> USERS = List.of("ann", "bob", "cyd", "eve");

	static final Duration PATIENCE = Duration.ofSeconds(60);

	private final OracleCounts counts = new OracleCounts();

	private final Random random;

	private final PostgresSettings postgres;

	private final OracleEngine engine;

	private final Epoch epoch;

	private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);

	private final AtomicBoolean stop = new AtomicBoolean();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<Future<Void>> writers = new ArrayList<>();

	private final List<Crowd> crowds = new ArrayList<>();

	private final Semaphore available = new Semaphore(0);

	private Future<?> restart = CompletableFuture.completedFuture(null);

	OracleStorm(OracleEngine engine, OracleSize size, long seed) {
		this.engine = engine;
		this.postgres = engine.postgres();
		this.random = new Random(seed);
		this.epoch = engine.current().pipeline().epoch();
		for (int i = 0; i < size.writers(); i++) {
			this.writers.add(this.executor
				.submit(new OracleWriter(this.postgres, seed, i, this.gate, this.stop, this.counts.commits)));
		}
		Runnable wake = this.available::release;
		this.crowds.add(new TransactionCrowd(engine, size.clients(), seed, this.counts, wake));
		this.crowds.add(new LegacyCrowd(engine, size.legacyClients(), seed, this.counts, wake));
	}

	OracleCounts counts() {
		return this.counts;
	}

	/**
	 * Lets it storm, then compares.
	 */
	void round(Disturbance disturbance) throws Exception {
		if (this.engine.hasLostEvents()) {
			whileNobodyWrites(this.engine::endEvents);
		}
		this.crowds.forEach(Crowd::begin);
		if (disturbance == Disturbance.CAPTURE_RESTARTED) {
			this.restart = this.executor.submit(this::restart);
		}
		stormFor(400 + this.random.nextInt(800));
		this.restart.get();
		if (disturbance == Disturbance.ENGINE_RESTARTED || disturbance == Disturbance.JOURNAL_LOST) {
			restartEngine(disturbance == Disturbance.ENGINE_RESTARTED);
			stormFor(200);
		}
		quietMoment();
	}

	private void stormFor(int milliseconds) throws Exception {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
		while (System.nanoTime() < end || !this.restart.isDone()) {
			storm();
		}
	}

	private void restart() {
		this.engine.current().stop();
		this.engine.current().start();
		checkEpoch();
		this.counts.restarts.incrementAndGet();
	}

	private void restartEngine(boolean keepJournal) {
		this.crowds.forEach(Crowd::disconnect);
		this.engine.restart(keepJournal);
		checkEpoch();
		this.crowds.forEach(Crowd::reconnect);
		(keepJournal ? this.counts.kept : this.counts.begunAnew).incrementAndGet();
	}

	private void checkEpoch() {
		if (!this.engine.current().pipeline().epoch().equals(this.epoch)) {
			throw new AssertionError("A restart has begun a new history");
		}
	}

	private void storm() throws Exception {
		boolean idle = true;
		for (Crowd crowd : this.crowds) {
			idle &= !crowd.storm();
		}
		if (idle) {
			pause(2);
			checkWriters();
		}
	}

	private void pause(int milliseconds) throws InterruptedException {
		this.available.tryAcquire(milliseconds, TimeUnit.MILLISECONDS);
		this.available.drainPermits();
	}

	private void whileNobodyWrites(Runnable work) {
		this.gate.writeLock().lock();
		try {
			work.run();
		}
		finally {
			this.gate.writeLock().unlock();
		}
	}

	/**
	 * Waits until what ends soon has ended, and everything is published.
	 */
	private Sequence awaitEnd() {
		this.engine.current().settle();
		Awaitility.await("no event lives that ends soon")
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> !this.engine.isAnyEnding());
		return this.engine.current().settle();
	}

	private void quietMoment() throws Exception {
		this.gate.writeLock().lock();
		try (Connection connection = this.postgres.connect(); Statement statement = connection.createStatement()) {
			statement.execute("SET TimeZone = 'UTC'");
			Sequence end = awaitEnd();
			long deadline = System.nanoTime() + PATIENCE.toNanos();
			while (!settle(end, connection) && System.nanoTime() < deadline) {
				pause(5);
			}
			checkWriters();
			for (Crowd crowd : this.crowds) {
				crowd.compare(end, connection);
			}
			this.counts.quietMoments.incrementAndGet();
		}
		finally {
			this.gate.writeLock().unlock();
		}
	}

	private boolean settle(Sequence end, Connection connection) throws Exception {
		boolean settled = true;
		for (Crowd crowd : this.crowds) {
			settled &= crowd.settle(end, connection);
		}
		return settled;
	}

	static void compare(String what, OracleQuery query, Set<String> expected, Set<String> actual) {
		if (!actual.equals(expected)) {
			Set<String> missing = new TreeSet<>(expected);
			missing.removeAll(actual);
			Set<String> extra = new TreeSet<>(actual);
			extra.removeAll(expected);
			throw new AssertionError(
					"Subscription %s: %s%n  is without %s%n  and has %s".formatted(what, query, missing, extra));
		}
	}

	private void checkWriters() throws Exception {
		for (Future<Void> writer : this.writers) {
			if (writer.isDone()) {
				writer.get();
			}
		}
	}

	@Override
	public void close() {
		this.stop.set(true);
		try {
			Awaitility.await().atMost(PATIENCE).until(() -> this.writers.stream().allMatch(Future::isDone));
		}
		finally {
			this.executor.shutdownNow();
			this.crowds.forEach(Crowd::close);
		}
	}

	/**
	 * What happens in a round.
	 */
	enum Disturbance {

		NONE, ENGINE_RESTARTED, CAPTURE_RESTARTED, JOURNAL_LOST

	}

}
