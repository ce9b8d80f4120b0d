package io.kalam.subscription;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kalam.RealtimeTableType;
import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Lsn;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.ChangeRouter;
import io.kalam.partition.RealtimeTables;
import io.kalam.partition.RoutedTransaction;
import io.kalam.query.LiveQuery;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.subscription.ModelClient.Held;
import io.kalam.subscription.ModelDatabase.Item;
import io.kalam.testing.Shrinker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random interleavings of commits, their visibility, the stream, snapshots, slow clients,
 * resumes and forgetting, against a model. Deterministic: every step makes its choices
 * from a number of its own. A failure prints the seed and the fewest steps that fail, and
 * {@code -Dkalam.model.seed=…} runs that one alone, {@code -Dkalam.model.steps=…} only
 * those steps of it.
 */
class LiveSessionModelTests {

	private static final int STEPS = 150;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Map<String, Integer> events = new TreeMap<>();

	@ParameterizedTest
	@EnumSource(RealtimeTableType.class)
	void whatClientsHoldIsWhatTheDatabaseHolds(RealtimeTableType type) {
		Long only = Long.getLong("kalam.model.seed");
		if (only != null) {
			run(type, only);
			return;
		}
		int runs = Integer.getInteger("kalam.model.runs", 300);
		long first = Long.getLong("kalam.model.first", new Random().nextInt(1_000_000));
		for (long seed = first; seed < first + runs; seed++) {
			run(type, seed);
		}
		assertThat(this.events.keySet()).contains("Acknowledged", "Batch", "Transaction", "Mark", "Reset", "Failed");
	}

	private void run(RealtimeTableType type, long seed) {
		List<Integer> steps = steps();
		try {
			run(type, seed, steps);
		}
		catch (AssertionError | RuntimeException ex) {
			List<Integer> fewest = Shrinker.shrink(steps, (fewer) -> fails(type, seed, fewer), PATIENCE);
			String text = fewest.stream().map(String::valueOf).collect(Collectors.joining(","));
			throw new AssertionError(
					"Failed with " + type + ", -Dkalam.model.seed=" + seed + " and -Dkalam.model.steps=" + text, ex);
		}
	}

	private static List<Integer> steps() {
		String chosen = System.getProperty("kalam.model.steps");
		if (chosen == null) {
			return IntStream.range(0, STEPS).boxed().toList();
		}
		return Stream.of(chosen.split(",")).filter((step) -> !step.isEmpty()).map(Integer::valueOf).toList();
	}

	private boolean fails(RealtimeTableType type, long seed, List<Integer> steps) {
		try {
			run(type, seed, steps);
			return false;
		}
		catch (AssertionError | RuntimeException ex) {
			return true;
		}
	}

	private void run(RealtimeTableType type, long seed, List<Integer> steps) {
		new World(type, new Random(seed), seed).run(steps);
	}

	private final class World implements SnapshotReader {

		private final Random random;

		private final long seed;

		private final ModelDatabase database;

		private final RealtimeTables tables = new RealtimeTables();

		private final boolean forgetful;

		private final MemoryJournal journal;

		private final LiveHub hub = new LiveHub();

		private final SubscriptionEngine engine;

		private final Map<ModelQuery, LiveQuery> parsed = new HashMap<>();

		private final List<Pending> streamed = new ArrayList<>();

		private final List<Runnable> reads = new ArrayList<>();

		private final List<Runnable> deliveries = new ArrayList<>();

		private final List<ModelClient> clients = new ArrayList<>();

		private final Map<String, Held> lost = new TreeMap<>();

		private int nextCommit;

		private int nextId;

		World(RealtimeTableType type, Random random, long seed) {
			this.random = random;
			this.seed = seed;
			this.database = new ModelDatabase(random, type);
			this.tables.replace(List.of(this.database.table));
			this.forgetful = random.nextInt(3) == 0;
			this.journal = new MemoryJournal(this.forgetful ? 4_000 : 1_000_000, Duration.ofDays(1), Clock.systemUTC(),
					at(new Lsn(900)));
			this.engine = new SubscriptionEngine(this.tables, new LiveQueryParser(QueryLimits.DEFAULT),
					new AccessDecider(), this, this.journal, this.hub, () -> new Epoch("epoch"),
					Mono.fromSupplier(this::beat), Mono.empty());
		}

		void run(List<Integer> steps) {
			ModelQuery.ALL.forEach((query) -> this.parsed.put(query, this.engine.parser()
				.parse(query.sql(), List.of(), "model", (schema, name) -> this.database.table)));
			this.hub.start(at(new Lsn(900)));
			for (String user : ModelDatabase.OWNERS) {
				connect(user);
			}
			for (int number : steps) {
				choose(number);
				step();
			}
			choose(STEPS);
			settle();
			this.clients.forEach((client) -> client.counts
				.forEach((name, count) -> LiveSessionModelTests.this.events.merge(name, count, Integer::sum)));
		}

		private void choose(int step) {
			this.random.setSeed(this.seed * 1_000_003 + step);
		}

		private void connect(String user) {
			long buffer = this.random.nextBoolean() ? 400 : 100_000;
			Set<ErrorCode> refusals = this.forgetful
					? EnumSet.of(ErrorCode.CURSOR_EXPIRED, ErrorCode.SUBSCRIPTION_FAILED) : Set.of();
			RealtimeUser who = new RealtimeUser(user, "user", Set.of(), Instant.MAX);
			this.clients.add(new ModelClient(this.database, this.engine, who, buffer, refusals));
		}

		private void step() {
			switch (this.random.nextInt(10)) {
				case 0, 1, 2 -> this.database.commit();
				case 3 -> show();
				case 4, 5 -> stream();
				case 6 -> request();
				case 7 -> read();
				default -> client().step();
			}
			if (this.random.nextInt(12) == 0) {
				client().session().mark();
			}
		}

		private void show() {
			this.database.show(false);
			if (this.random.nextBoolean()) {
				this.hub.seen(this.database.visibility());
			}
		}

		private ModelClient client() {
			return this.clients.get(this.random.nextInt(this.clients.size()));
		}

		private void request() {
			ModelClient client = client();
			List<String> ids = new ArrayList<>(client.held.keySet());
			if (!ids.isEmpty() && this.random.nextInt(3) == 0) {
				String id = ids.get(this.random.nextInt(ids.size()));
				Held held = client.held.get(id);
				client.unsubscribe(id);
				if (held.live) {
					this.lost.put(this.clients.indexOf(client) + "." + id, held);
				}
			}
			else if (ids.size() < 4) {
				subscribe(client);
			}
		}

		private void subscribe(ModelClient client) {
			ModelQuery query = ModelQuery.ALL.get(this.random.nextInt(ModelQuery.ALL.size()));
			Held resumed = this.lost.entrySet()
				.stream()
				.filter((entry) -> entry.getKey().startsWith(this.clients.indexOf(client) + "."))
				.map(Map.Entry::getValue)
				.filter((held) -> held.query.equals(query))
				.findAny()
				.orElse(null);
			client.subscribe("s" + this.nextId++, query, resumed, 1 + this.random.nextInt(5),
					this.random.nextBoolean());
		}

		private void stream() {
			int count = 1 + this.random.nextInt(3);
			for (int i = 0; i < count && !this.streamed.isEmpty(); i++) {
				deliver(this.streamed.remove(0));
			}
			while (this.nextCommit < this.database.commits.size() && this.random.nextInt(4) != 0) {
				this.streamed.add(new Pending(this.database.commits.get(this.nextCommit++), null));
			}
		}

		private void deliver(Pending pending) {
			if (pending.message() != null) {
				this.journal.advance(at(pending.message()));
				this.hub.advance(at(pending.message()));
				return;
			}
			RoutedTransaction routed = new ChangeRouter(this.tables).route(pending.commit().transaction,
					new Generation(1));
			this.journal.append(List.of(routed));
			this.hub.publish(routed);
		}

		private Lsn beat() {
			while (this.nextCommit < this.database.commits.size()) {
				this.streamed.add(new Pending(this.database.commits.get(this.nextCommit++), null));
			}
			Lsn position = this.database.message();
			this.streamed.add(new Pending(null, position));
			return position;
		}

		private void read() {
			List<Runnable> some = this.random.nextBoolean() ? this.reads : this.deliveries;
			if (!some.isEmpty()) {
				some.remove(this.random.nextInt(some.size())).run();
			}
		}

		private void settle() {
			this.database.show(true);
			for (int i = 0; i < 50; i++) {
				while (!this.reads.isEmpty() || !this.deliveries.isEmpty()) {
					read();
				}
				beat();
				while (!this.streamed.isEmpty()) {
					deliver(this.streamed.remove(0));
				}
				this.clients.forEach((client) -> client.session().mark());
				this.clients.forEach((client) -> {
					int steps = 0;
					while (client.step()) {
						assertThat(++steps).as("events without end").isLessThan(5000);
					}
				});
			}
			Sequence head = this.hub.head();
			this.clients.forEach((client) -> client.held.values().forEach((held) -> {
				assertThat(held.live).as("every subscription gets live").isTrue();
				assertThat(held.cursor).as("a mark brings the cursor to the head").isEqualTo(head);
			}));
		}

		@Override
		public Mono<Snapshot> read(SnapshotRequest request) {
			return Mono.create((sink) -> this.reads.add(() -> {
				Snapshot taken = take(request);
				this.deliveries.add(() -> sink.success(taken));
			}));
		}

		private Snapshot take(SnapshotRequest request) {
			ModelQuery query = ModelQuery.ALL.stream()
				.filter((candidate) -> this.parsed.get(candidate).equals(request.query()))
				.findFirst()
				.orElseThrow();
			List<byte[]> rows = new ArrayList<>();
			for (Item item : this.database.visibleRows()) {
				boolean mine = request.partition().owner() == null || request.partition().owner().equals(item.owner());
				if (mine && query.predicate().test(item)) {
					rows.add(query.json(item).getBytes(StandardCharsets.UTF_8));
				}
			}
			return new ModelSnapshot(this.hub.visible(), this.database.visibility(), this.database.insertPosition(),
					rows);
		}

		@Override
		public void close() {
		}

		private static Sequence at(Lsn lsn) {
			return Sequence.of(new Generation(1), lsn);
		}

	}

	private record Pending(ModelDatabase.Commit commit, Lsn message) {

	}

}
