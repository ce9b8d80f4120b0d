package io.kalam.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import io.kalam.testing.TestEngine;
import org.awaitility.Awaitility;

/**
 * Writers who never agree and clients who come and go; and quiet moments, at which what
 * each client holds has to be what its query returns.
 */
final class OracleStorm implements AutoCloseable {

	private static final int WRITERS = 4;

	private static final int CLIENTS = 12;

	private static final int SUBSCRIPTIONS = 6;

	private static final List<String> USERS = List.of("ann", "bob", "cyd", "eve");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final OracleCounts counts = new OracleCounts();

	private final Random random;

	private final PostgresSettings postgres;

	private final TestEngine engine;

	private final Epoch epoch;

	private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);

	private final AtomicBoolean stop = new AtomicBoolean();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<Future<Void>> writers = new ArrayList<>();

	private final List<OracleClient> clients = new ArrayList<>();

	private final Map<String, Deque<Held>> lost = new HashMap<>();

	private final Semaphore available = new Semaphore(0);

	private Future<?> restart = CompletableFuture.completedFuture(null);

	private int ids;

	OracleStorm(TestEngine engine, long seed) {
		this.engine = engine;
		this.postgres = engine.postgres();
		this.random = new Random(seed);
		this.epoch = engine.pipeline().epoch();
		for (int i = 0; i < WRITERS; i++) {
			this.writers.add(this.executor
				.submit(new OracleWriter(this.postgres, seed, i, this.gate, this.stop, this.counts.commits)));
		}
		for (int i = 0; i < CLIENTS; i++) {
			this.clients.add(connect(i));
			subscribe(this.clients.get(i));
			subscribe(this.clients.get(i));
		}
	}

	OracleCounts counts() {
		return this.counts;
	}

	/**
	 * Lets it storm, then compares.
	 */
	void round(boolean restart) throws Exception {
		this.clients.forEach(this::request);
		reconnect(this.clients.get(this.random.nextInt(CLIENTS)));
		if (restart) {
			this.restart = this.executor.submit(this::restart);
		}
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(400 + this.random.nextInt(800));
		while (System.nanoTime() < end || !this.restart.isDone()) {
			storm();
		}
		this.restart.get();
		quietMoment();
	}

	private void restart() {
		this.engine.stop();
		this.engine.start();
		if (!this.engine.pipeline().epoch().equals(this.epoch)) {
			throw new AssertionError("A restart has begun a new history");
		}
		this.counts.restarts.incrementAndGet();
	}

	private OracleClient connect(int number) {
		return new OracleClient(this.engine.sessions(), USERS.get(number % USERS.size()), number % 3 == 0, this.counts,
				this.available::release);
	}

	private void storm() throws Exception {
		OracleClient client = this.clients.get(this.random.nextInt(CLIENTS));
		if (this.random.nextInt(8) == 0) {
			request(client);
		}
		boolean idle = true;
		if (!client.isSlow() || this.random.nextInt(50) == 0) {
			for (int i = this.random.nextInt(20); i >= 0 && client.step(); i--) {
				idle = false;
			}
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

	private void request(OracleClient client) {
		List<String> all = List.copyOf(client.held().keySet());
		switch (this.random.nextInt(8)) {
			case 0 -> client.session().mark();
			case 1 -> all.forEach(client.session()::nextBatch);
			case 2, 3 -> {
				if (!all.isEmpty()) {
					String id = all.get(this.random.nextInt(all.size()));
					lose(client, client.unsubscribe(id));
				}
			}
			case 4 -> {
				if (this.random.nextInt(4) == 0) {
					reconnect(client);
				}
			}
			default -> {
				if (all.size() < SUBSCRIPTIONS) {
					subscribe(client);
				}
			}
		}
	}

	private void reconnect(OracleClient client) {
		client.session().close();
		client.held().values().forEach((held) -> lose(client, held));
		int number = this.clients.indexOf(client);
		OracleClient next = connect(number);
		this.clients.set(number, next);
		client.held().keySet().forEach((id) -> subscribe(next));
	}

	private void lose(OracleClient client, Held held) {
		if (held.live) {
			Deque<Held> all = this.lost.computeIfAbsent(client.user(), (user) -> new ArrayDeque<>());
			all.addFirst(held);
			if (all.size() > 12) {
				all.removeLast();
			}
		}
	}

	private void subscribe(OracleClient client) {
		Deque<Held> all = this.lost.getOrDefault(client.user(), new ArrayDeque<>());
		boolean pull = this.random.nextInt(4) == 0;
		Held begun = null;
		if (!all.isEmpty() && this.random.nextBoolean()) {
			begun = List.copyOf(all).get(this.random.nextInt(all.size())).copy(pull);
			if (this.random.nextInt(20) == 0) {
				begun.epoch = "of-another-history";
			}
		}
		else {
			begun = new Held(RandomQuery.make(this.random), client.user(), pull);
		}
		client.subscribe("s" + this.ids++, begun, 1 + this.random.nextInt(40));
	}

	private void quietMoment() throws Exception {
		this.gate.writeLock().lock();
		try {
			Sequence end = this.engine.settle();
			long deadline = System.nanoTime() + PATIENCE.toNanos();
			while (!isQuiet(end)) {
				if (System.nanoTime() > deadline) {
					throw new AssertionError("Not every subscription gets live up to " + end + ": " + unfinished(end));
				}
			}
			checkWriters();
			compare();
			this.counts.quietMoments.incrementAndGet();
		}
		finally {
			this.gate.writeLock().unlock();
		}
	}

	private boolean isQuiet(Sequence end) throws InterruptedException {
		boolean quiet = true;
		for (OracleClient client : this.clients) {
			if (!client.isCompleteUpTo(end)) {
				quiet = false;
				client.held().keySet().forEach(client.session()::nextBatch);
				client.session().mark();
			}
			while (client.step()) {
				quiet = false;
			}
		}
		if (!quiet) {
			pause(5);
		}
		return quiet;
	}

	private List<String> unfinished(Sequence end) {
		return this.clients.stream()
			.flatMap((client) -> client.held().entrySet().stream())
			.filter((entry) -> !entry.getValue().live || end.isAfter(entry.getValue().cursor))
			.map((entry) -> entry.getKey() + " at " + entry.getValue().cursor + " of " + entry.getValue().query())
			.toList();
	}

	private void compare() throws SQLException {
		try (Connection connection = this.postgres.connect(); Statement statement = connection.createStatement()) {
			statement.execute("SET TimeZone = 'UTC'");
			for (OracleClient client : this.clients) {
				for (Map.Entry<String, Held> entry : client.held().entrySet()) {
					compare(entry.getKey(), entry.getValue(), client, connection);
				}
			}
		}
	}

	private void compare(String id, Held held, OracleClient client, Connection connection) throws SQLException {
		Set<String> expected = held.query().rows(connection, client.user());
		Set<String> actual = held.rows();
		this.counts.compared.incrementAndGet();
		if (!actual.equals(expected)) {
			Set<String> missing = new TreeSet<>(expected);
			missing.removeAll(actual);
			Set<String> extra = new TreeSet<>(actual);
			extra.removeAll(expected);
			throw new AssertionError("Subscription %s of %s at %s: %s%n  is without %s%n  and has %s".formatted(id,
					client.user(), held.cursor, held.query(), missing, extra));
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
			this.clients.forEach((client) -> client.session().close());
		}
	}

}
