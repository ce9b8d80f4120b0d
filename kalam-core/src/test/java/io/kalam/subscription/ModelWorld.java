package io.kalam.subscription;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import io.kalam.RealtimeTableType;
import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Lsn;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.RealtimeTables;
import io.kalam.query.Delivery;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.query.WindowLimits;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A database, its stream, a journal, a hub and clients, in which one thing happens at a
 * time. Deterministic.
 */
final class ModelWorld {

	/**
	 * How many rows are kept behind a window.
	 */
	static final int SPARE = 1;

	private static final QueryLimits LIMITS = new QueryLimits(8192, 64, 1024, 32,
			new WindowLimits(10, SPARE, 100_000, Duration.ZERO));

	private final Random random;

	private final long seed;

	private final ModelDatabase database;

	private final ModelReads reads;

	private final RealtimeTables tables = new RealtimeTables();

	private final ModelAccess access;

	private final boolean governed;

	private final boolean forgetful;

	private final MemoryJournal journal;

	private final LiveHub hub;

	private final SubscriptionEngine engine;

	private final ModelStream stream;

	private final List<ModelClient> clients = new ArrayList<>();

	private final Map<String, Held> lost = new TreeMap<>();

	private int nextId;

	/**
	 * A world.
	 * @param type the type of its table
	 * @param governed whether a policy decides about it too
	 * @param seed what all choices come from
	 */
	ModelWorld(RealtimeTableType type, boolean governed, long seed) {
		Random random = new Random(seed);
		this.random = random;
		this.seed = seed;
		this.database = new ModelDatabase(random, type);
		this.hub = new LiveHub((seed % 2 == 0) ? 1 : 8);
		this.governed = governed;
		LiveQueryParser parser = new LiveQueryParser(LIMITS);
		this.access = new ModelAccess(random, parser, this.database);
		this.reads = new ModelReads(random, this.database, this.hub, this.access);
		this.tables.replace(List.of(this.database.table));
		this.forgetful = random.nextInt(3) == 0;
		this.journal = new MemoryJournal(this.forgetful ? 4_000 : 1_000_000, Duration.ofDays(1), Clock.systemUTC(),
				at(new Lsn(900)));
		this.stream = new ModelStream(random, this.database, this.tables, this.journal, this.hub);
		AccessDecider decider = new AccessDecider(governed ? List.of(this.access) : List.of(), Duration.ofDays(1),
				Schedulers.immediate());
		this.engine = new SubscriptionEngine(this.tables, parser, decider, this.reads, this.journal, this.hub,
				() -> new Epoch("epoch"), Mono.fromSupplier(this.stream::beat), Mono.empty(),
				random.nextBoolean() ? random.nextInt(6) : SubscriptionEngine.NEVER);
	}

	/**
	 * Does some steps, and then what is left to do until all is quiet. Every step makes
	 * its choices from its number.
	 * @return how many events of each kind the clients were told
	 */
	Map<String, Integer> run(List<Integer> steps) {
		this.hub.start(at(new Lsn(900)));
		for (String user : ModelDatabase.OWNERS) {
			connect(user);
		}
		if (this.seed % 3 == 0) {
			begin();
		}
		for (int number : steps) {
			choose(number);
			step();
		}
		choose(-1);
		settle();
		Map<String, Integer> events = new TreeMap<>();
		this.clients
			.forEach((client) -> client.counts.forEach((name, count) -> events.merge(name, count, Integer::sum)));
		return events;
	}

	/**
	 * Everybody is live before anything happens.
	 */
	private void begin() {
		choose(-2);
		this.clients.forEach((client) -> {
			for (int i = 0; i < 4; i++) {
				subscribe(client);
			}
		});
		settle();
	}

	private void choose(int step) {
		this.random.setSeed(this.seed * 1_000_003 + step);
	}

	private void connect(String user) {
		long buffer = this.random.nextBoolean() ? 400 : 100_000;
		Set<ErrorCode> refusals = EnumSet.noneOf(ErrorCode.class);
		if (this.forgetful || this.governed) {
			refusals.addAll(List.of(ErrorCode.CURSOR_EXPIRED, ErrorCode.SUBSCRIPTION_FAILED));
		}
		if (this.governed) {
			refusals.addAll(List.of(ErrorCode.NOT_FOUND, ErrorCode.UNAUTHORIZED));
		}
		RealtimeUser who = new RealtimeUser(user, "user", Set.of(), Instant.MAX);
		this.clients.add(new ModelClient(this.database, this.engine, this.access, who, buffer, refusals));
	}

	private void step() {
		switch (this.random.nextInt(this.governed ? 14 : 10)) {
			case 0, 1, 2 -> this.database.commit();
			case 3 -> show();
			case 4, 5 -> this.stream.step();
			case 6 -> request();
			case 7 -> this.reads.step();
			case 10, 11, 12, 13 -> decide();
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

	private void decide() {
		if (this.random.nextInt(5) != 0) {
			this.access.step();
			return;
		}
		ModelClient client = client();
		if (this.random.nextBoolean()) {
			this.access.change(client.user());
		}
		reevaluate(client);
	}

	private void reevaluate(ModelClient client) {
		int version = this.access.version(client.user());
		this.engine.hub()
			.sessions()
			.reevaluate((user) -> user.name().equals(client.user()))
			.subscribe(null, null, () -> client.confirmed(version));
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
		List<Held> gone = this.lost.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith(this.clients.indexOf(client) + "."))
			.map(Map.Entry::getValue)
			.toList();
		Held resumed = (gone.isEmpty() || this.random.nextInt(3) == 0) ? null
				: gone.get(this.random.nextInt(gone.size()));
		ModelQuery query = (resumed != null) ? resumed.query
				: ModelQuery.ALL.get(this.random.nextInt(ModelQuery.ALL.size()));
		Delivery delivery = this.random.nextBoolean() ? Delivery.LATEST : Delivery.ALL;
		client.subscribe("s" + this.nextId++, new Held(query, delivery), resumed, 1 + this.random.nextInt(5),
				this.random.nextBoolean());
	}

	private void settle() {
		this.database.show(true);
		this.access.settle();
		this.clients.forEach(this::reevaluate);
		for (int i = 0; i < 50; i++) {
			while (!this.access.isEmpty()) {
				this.access.step();
			}
			while (!this.reads.isEmpty()) {
				this.reads.step();
			}
			this.stream.beat();
			this.stream.deliverAll();
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
			assertThat(held.grant).as("what is read is what may be").isEqualTo(this.access.of(client.user()));
		}));
	}

	private static Sequence at(Lsn lsn) {
		return Sequence.of(new Generation(1), lsn);
	}

}
