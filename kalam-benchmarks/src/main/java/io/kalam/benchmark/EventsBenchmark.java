package io.kalam.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.kalam.RealtimeTableType;
import io.kalam.access.AccessDecider;
import io.kalam.capture.debezium.DebeziumChangeSource;
import io.kalam.catalog.Manage;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.codec.Codecs;
import io.kalam.event.EventJournal;
import io.kalam.event.EventSnapshotReader;
import io.kalam.event.EventStore;
import io.kalam.event.EventTable;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.operations.EntityMapping;
import io.kalam.operations.EventLog;
import io.kalam.operations.LiveOperations;
import io.kalam.operations.RealtimeEvent;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.partition.RealtimeTables;
import io.kalam.partition.StreamDefinition;
import io.kalam.pipeline.OnSlotLost;
import io.kalam.pipeline.PipelineListener;
import io.kalam.pipeline.PipelineSettings;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.r2dbc.R2dbcSnapshotReader;
import io.kalam.snapshot.r2dbc.SnapshotSettings;
import io.kalam.subscription.LiveHub;
import io.kalam.subscription.SubscriptionEngine;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

import org.springframework.util.Assert;
import org.springframework.util.FileSystemUtils;

/**
 * How fast events of a stream are told: from the first of their commits until a follower
 * in the same process has them all, and what of them the journal on disk has got then.
 * The first round is not counted.
 */
public final class EventsBenchmark {

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 5);
		DEFAULTS.put("events", 50_000);
	}

	private static final int[] SIZES = { 1, 10, 100 };

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final TableName NAME = new TableName("public", "signals");

	private static final String COMMITS = """
			DO $$ BEGIN FOR i IN 1..%d LOOP
				PERFORM pg_logical_emit_message(true, 'kalam.event.public.signals', convert_to(json_build_object('put',
					json_build_object('event_id', gen_random_uuid(), 'recipient', 'alice',
						'text', 'The printer is out of paper again.'))::text, 'UTF8'))
				FROM generate_series(1, %d);
				COMMIT;
			END LOOP; END $$
			""";

	private static final EntityMapping MAPPING = new EntityMapping() {

		@Override
		public TableReference table(Class<?> type) {
			return new TableReference(NAME.schema(), NAME.name());
		}

		@Override
		public @Nullable String column(Class<?> type, String property) {
			return null;
		}

	};

	private final Options options;

	private final List<Sample> samples = new ArrayList<>();

	private EventsBenchmark(Options options) {
		this.options = options;
	}

	/**
	 * Runs the benchmark.
	 * @param arguments options, {@code name=number} each
	 * @throws Exception if something is not as it has to be
	 */
	public static void main(String[] arguments) throws Exception {
		new EventsBenchmark(Options.of(DEFAULTS, arguments)).run();
		System.exit(0);
	}

	private void run() throws IOException, InterruptedException {
		double load = Machine.load();
		Path directory = Files.createTempDirectory("kalam-events");
		try (BenchmarkDatabase database = new BenchmarkDatabase();
				RocksJournal disk = RocksJournal.open(RocksJournalSettings.defaults(directory), Clock.systemUTC());
				Live live = start(database.settings(), disk)) {
			for (int round = 0; round <= this.options.get("rounds"); round++) {
				for (int size : SIZES) {
					Sample sample = measure(database, live.operations(), disk, size);
					if (round > 0) {
						this.samples.add(sample);
					}
				}
			}
			report(Machine.of(database.version()), load);
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private static Live start(PostgresSettings postgres, ChangeJournal disk) {
		RealtimeTables tables = new RealtimeTables();
		LiveHub hub = new LiveHub();
		EventStore events = new EventStore(tables, Clock.systemUTC(), hub::head);
		ChangeJournal journal = new EventJournal(disk,
				new MemoryJournal(32 << 20, Duration.ofMinutes(10), Clock.systemUTC(), Sequence.ZERO), events);
		RealtimePipeline pipeline = new RealtimePipeline(
				new PipelineSettings(postgres, BenchmarkDatabase.SLOT, BenchmarkDatabase.PUBLICATION, Manage.CREATE,
						false, OnSlotLost.RESYNC, Duration.ofSeconds(5), Duration.ofSeconds(30)),
				List.of(BenchmarkDatabase.TABLE, stream()), new Codecs(), tables, events, journal, hub,
				() -> new DebeziumChangeSource(KalamServer.capture(postgres, tables)), Clock.systemUTC(),
				PipelineListener.NONE);
		SubscriptionEngine engine = new SubscriptionEngine(tables, new LiveQueryParser(QueryLimits.DEFAULT),
				new AccessDecider(),
				new EventSnapshotReader(events,
						new R2dbcSnapshotReader(postgres, SnapshotSettings.DEFAULTS, hub::visible)),
				journal, hub, pipeline::epoch, pipeline.heartbeat(), pipeline.refresh(), SubscriptionEngine.NEVER);
		LiveOperations operations = new LiveOperations(engine, pipeline::heartbeat, MAPPING, EventLog.NONE);
		pipeline.listen(operations::follow);
		pipeline.start();
		return new Live(pipeline, operations);
	}

	private static RealtimeTableDefinition stream() {
		StreamDefinition stream = new StreamDefinition(EventTable.of(Signal.class, NAME, List.of(), "recipient", null),
				Duration.ofMinutes(10), 1000, null);
		return new RealtimeTableDefinition(
				new RequiredTable(new TableReference("public", "signals"), "recipient", "the benchmark"),
				RealtimeTableType.STREAM, Set.of(), null, stream);
	}

	private Sample measure(BenchmarkDatabase database, LiveOperations operations, ChangeJournal disk, int size)
			throws InterruptedException {
		int count = this.options.get("events") / size * size;
		CountDownLatch joined = new CountDownLatch(1);
		CountDownLatch told = new CountDownLatch(count);
		Disposable follower = follow(operations, joined, told);
		try {
			Assert.state(joined.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "The stream could not be followed");
			long bytes = disk.status().bytes();
			long begin = System.nanoTime();
			long cpu = Machine.cpuTime();
			database.execute(List.of("SET synchronous_commit = off", COMMITS.formatted(count / size, size)));
			Assert.state(told.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "Not all events were told");
			double seconds = (System.nanoTime() - begin) / 1e9;
			return new Sample(size, count / seconds, (Machine.cpuTime() - cpu) / 1e3 / count,
					(double) (disk.status().bytes() - bytes) / count);
		}
		finally {
			follower.dispose();
		}
	}

	private static Disposable follow(LiveOperations operations, CountDownLatch joined, CountDownLatch told) {
		return operations.live(Signal.class, "SELECT * FROM signals").subscribe((event) -> {
			if (event instanceof RealtimeEvent.SnapshotEnd) {
				joined.countDown();
			}
			else if (event instanceof RealtimeEvent.Inserted) {
				told.countDown();
			}
		});
	}

	private void report(Machine machine, double load) throws IOException {
		Report report = new Report();
		report.head(machine, load, this.options, "Medians over the rounds.");
		report.table(
				List.of("events in a transaction", "events/s", "CPU, µs an event", "journal on disk, bytes an event"));
		for (int size : SIZES) {
			report.row(List.of(Integer.toString(size), Report.number("%,.0f", median(size, Sample::eventsPerSecond)),
					Report.number("%.1f", median(size, Sample::cpuMicros)),
					Report.number("%.2f", median(size, Sample::journalBytes))));
			report.figure(
					Figure.of("events/s", "Kalam, " + size + " a transaction", values(size, Sample::eventsPerSecond)));
		}
		report.aim(Aim.atLeast("events/s, ten in a transaction", 10_000, median(10, Sample::eventsPerSecond)));
		report.publish("events", new Results(machine, this.options.toString(), this.samples));
	}

	private double median(int size, ToDoubleFunction<Sample> figure) {
		return Distribution.median(values(size, figure));
	}

	private double[] values(int size, ToDoubleFunction<Sample> figure) {
		return Figure.rounds(this.samples, (sample) -> sample.transactionEvents() == size, figure);
	}

	/**
	 * What is told.
	 *
	 * @param recipient to whom
	 * @param text what
	 */
	public record Signal(String recipient, String text) {

	}

	/**
	 * What runs, and stops before its journal is closed.
	 */
	private record Live(RealtimePipeline pipeline, LiveOperations operations) implements AutoCloseable {

		@Override
		public void close() {
			this.pipeline.stop();
		}

	}

	private record Sample(int transactionEvents, double eventsPerSecond, double cpuMicros, double journalBytes) {

	}

	private record Results(Machine machine, String options, List<Sample> samples) {

	}

}
