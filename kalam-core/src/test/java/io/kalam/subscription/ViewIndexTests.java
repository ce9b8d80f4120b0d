package io.kalam.subscription;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Lsn;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.ChangeRouter;
import io.kalam.partition.RealtimeTables;
import io.kalam.partition.RoutedTransaction;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether subscriptions are indexed or not, each is told the same: random predicates and
 * changes, with subscriptions that come and go and a table whose columns change. And
 * whatever a policy adds to a query, each is told what it would be told if it had asked
 * for that itself. {@code -Dkalam.index.seed=…} runs one seed,
 * {@code -Dkalam.index.runs=…} more of them.
 */
class ViewIndexTests {

	private static final int SUBSCRIPTIONS = 60;

	private static final int COMMITS = 40;

	private int told;

	@Test
	void anIndexChangesNothing() {
		Long only = Long.getLong("kalam.index.seed");
		if (only != null) {
			run(only);
			return;
		}
		long first = new Random().nextInt(1_000_000);
		for (long seed = first; seed < first + Integer.getInteger("kalam.index.runs", 20); seed++) {
			run(seed);
		}
		assertThat(this.told).as("changes that were told").isGreaterThan(1000);
	}

	private void run(long seed) {
		Random random = new Random(seed);
		IndexedQueries before = new IndexedQueries(random, random.nextBoolean(), false);
		IndexedQueries after = new IndexedQueries(random, true, true);
		List<World> worlds = Stream.of(1, 8, Integer.MAX_VALUE, 0).map((from) -> new World(before, from)).toList();
		for (int i = 0; i < SUBSCRIPTIONS; i++) {
			subscribe(worlds, "s" + i, before.predicate(random.nextInt(3)), before.rule());
		}
		for (int commit = 0; commit < COMMITS; commit++) {
			boolean altered = commit >= COMMITS / 2;
			if (commit == COMMITS / 2) {
				worlds.forEach((world) -> world.alter(after));
			}
			List<Change> changes = (altered ? after : before).changes();
			worlds.forEach((world) -> world.commit(changes));
			String id = "s" + random.nextInt(SUBSCRIPTIONS);
			String sql = (altered ? after : before).predicate(random.nextInt(3));
			AccessRuleDraft rule = (altered ? after : before).rule();
			boolean again = random.nextBoolean();
			worlds.forEach((world) -> world.session.unsubscribe(id));
			if (again) {
				subscribe(worlds, id, sql, rule);
			}
			compare(worlds, seed, commit);
		}
	}

	private static void subscribe(List<World> worlds, String id, String predicate, AccessRuleDraft rule) {
		worlds.forEach((world) -> {
			world.rule = rule;
			String where = world.governed ? predicate : "(" + rule.sql() + ") AND (" + predicate + ")";
			world.session.subscribe(new SubscribeRequest(id, "SELECT * FROM items WHERE " + where, List.of(), false, 10,
					0, null, null, false, false));
		});
	}

	private void compare(List<World> worlds, long seed, int commit) {
		List<Map<String, List<String>>> events = worlds.stream().map(World::events).toList();
		Map<String, List<String>> plain = events.get(events.size() - 1);
		for (Map<String, List<String>> indexed : events) {
			assertThat(indexed).as("commit %s with -Dkalam.index.seed=%s", commit, seed).isEqualTo(plain);
		}
		this.told += plain.values().stream().mapToInt(List::size).sum();
	}

	/**
	 * A hub with one session.
	 */
	private static final class World {

		private final RealtimeTables tables = new RealtimeTables();

		private final MemoryJournal journal = new MemoryJournal(1 << 20, Duration.ofDays(1), Clock.systemUTC(), at(10));

		private final LiveHub hub;

		private final SubscriptionSession session;

		private final boolean governed;

		private AccessRuleDraft rule = AccessRuleDraft.NONE;

		private long lsn = 10;

		World(IndexedQueries queries, int indexedFrom) {
			this.governed = indexedFrom > 0;
			this.hub = new LiveHub(this.governed ? indexedFrom : Integer.MAX_VALUE);
			alter(queries);
			this.hub.start(at(10));
			this.session = new SubscriptionEngine(this.tables, new LiveQueryParser(QueryLimits.DEFAULT),
					new AccessDecider(List.of(RealtimeAccessPolicy.blocking("items", (user) -> this.rule.decision())),
							Duration.ofDays(1), Schedulers.immediate()),
					new NoSnapshots(), this.journal, this.hub, () -> new Epoch("epoch"), Mono.never(), Mono.empty(),
					SubscriptionEngine.NEVER)
				.open(new RealtimeUser("ann", "user", Set.of(), Instant.MAX), new SessionSettings(true, 100, 1 << 24),
						() -> {
						});
		}

		void alter(IndexedQueries queries) {
			this.tables.replace(List.of(TestTypes.liveTable(queries.type())));
		}

		void commit(List<Change> changes) {
			this.lsn += 10;
			RoutedTransaction routed = new ChangeRouter(this.tables).route(
					new CommittedTransaction(new Lsn(this.lsn), this.lsn, Instant.EPOCH, changes), new Generation(1));
			this.journal.append(List.of(routed));
			this.hub.publish(routed);
		}

		/**
		 * What each subscription has been told.
		 */
		Map<String, List<String>> events() {
			Map<String, List<String>> events = new TreeMap<>();
			SubscriptionEvent event = this.session.poll();
			while (event != null) {
				if (event instanceof SubscriptionEvent.Transaction transaction) {
					transaction.changes()
						.forEach((change) -> add(events, change.id(), transaction.sequence() + " " + text(change)));
				}
				else if (event instanceof SubscriptionEvent.Reset reset) {
					add(events, reset.id(), reset.toString());
				}
				else if (event instanceof SubscriptionEvent.Failed failed) {
					add(events, failed.id(), failed.toString());
				}
				event = this.session.poll();
			}
			return events;
		}

		private static void add(Map<String, List<String>> events, String id, String text) {
			events.computeIfAbsent(id, (key) -> new ArrayList<>()).add(text);
		}

		private static String text(SubscriptionChange change) {
			return Stream.of(change.row(), change.old())
				.map((json) -> (json != null) ? new String(json, StandardCharsets.UTF_8) : "-")
				.collect(Collectors.joining(" was ", change.operation() + " ", ""));
		}

		private static Sequence at(long lsn) {
			return Sequence.of(new Generation(1), new Lsn(lsn));
		}

	}

	private static final class NoSnapshots implements SnapshotReader {

		@Override
		public Mono<Snapshot> read(SnapshotRequest request) {
			return Mono.never();
		}

		@Override
		public void close() {
		}

	}

}
