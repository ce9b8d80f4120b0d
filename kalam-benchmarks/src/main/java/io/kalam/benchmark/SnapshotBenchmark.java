package io.kalam.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

import io.netty.buffer.ByteBuf;
import org.postgresql.PGConnection;

import org.springframework.util.Assert;
import org.springframework.util.FileSystemUtils;

/**
 * The rows of a subscription on their way to a socket: Kalam beside a plain SELECT over
 * R2DBC, Jackson and a bare WebSocket, and beside what Postgres's COPY gives. All read
 * the same database.
 */
public final class SnapshotBenchmark {

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 5);
		DEFAULTS.put("few", 100);
		DEFAULTS.put("some", 10_000);
		DEFAULTS.put("many", 1_000_000);
		DEFAULTS.put("repeats", 20);
		DEFAULTS.put("warmup", 6_000);
	}

	private static final String COPY = "plain COPY TO";

	private static final String BARE = "plain SELECT, R2DBC, Jackson, bare WebSocket";

	private static final String KALAM = "Kalam";

	private static final String SUBSCRIBE = "{\"type\":\"subscribe\",\"subscription\":{\"id\":\"items\",\"sql\":"
			+ "\"SELECT id, owner, status, body, created FROM items WHERE status <> 'closed'\",\"options\":{}}}";

	private static final byte[] BATCH = "{\"type\":\"initial_data_batch\"".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] LAST = "\"has_more\":false".getBytes(StandardCharsets.US_ASCII);

	/**
	 * How many small snapshots there are for each of some size. The first few of a round
	 * find the processor's caches filled by somebody else, and are not to be the median.
	 */
	private static final int FEW_TO_SOME = 20;

	private static final int TAIL = 256;

	private static final int PATIENCE_SECONDS = 120;

	private static final String FILL = """
			INSERT INTO items (id, owner, status, body)
			SELECT %1$d + n, 'rows %1$d', 'open', repeat('The printer on the second floor is out of paper again. ', 2)
			FROM generate_series(0, %1$d - 1) n
			""";

	private final Options options;

	private final BenchmarkDatabase database;

	private final ServerProcess bare;

	private final ServerProcess kalam;

	private final List<Sample> samples = new ArrayList<>();

	private SnapshotBenchmark(Options options, BenchmarkDatabase database, ServerProcess bare, ServerProcess kalam) {
		this.options = options;
		this.database = database;
		this.bare = bare;
		this.kalam = kalam;
	}

	/**
	 * Runs the benchmark.
	 * @param arguments options, {@code name=number} each
	 * @throws Exception if something is not as it has to be
	 */
	public static void main(String[] arguments) throws Exception {
		Options options = Options.of(DEFAULTS, arguments);
		Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "snapshot");
		try (BenchmarkDatabase database = new BenchmarkDatabase()) {
			database.execute(List.of(FILL.formatted(options.get("few")), FILL.formatted(options.get("some")),
					FILL.formatted(options.get("many")), "CREATE INDEX ON items (owner)", "VACUUM ANALYZE items",
					"CHECKPOINT"));
			try (ServerProcess bare = new ServerProcess(BareSnapshotServer.class, database.port());
					ServerProcess kalam = new ServerProcess(KalamServer.class, database.port(),
							directory.resolve("journal"))) {
				new SnapshotBenchmark(options, database, bare, kalam).run();
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
		System.exit(0);
	}

	private void run() throws IOException, InterruptedException, SQLException {
		double load = Machine.load();
		for (String name : List.of(BARE, KALAM)) {
			read(name, this.options.get("many"), 1);
			read(name, this.options.get("some"), Math.max(1, this.options.get("warmup") / FEW_TO_SOME));
			read(name, this.options.get("few"), this.options.get("warmup"));
		}
		for (int round = 0; round < this.options.get("rounds"); round++) {
			for (int rows : sizes()) {
				this.samples.addAll(copy(rows, repeats(rows)));
				for (String name : List.of(BARE, KALAM)) {
					this.samples.addAll(read(name, rows, repeats(rows)));
				}
			}
		}
		report(load);
	}

	private int[] sizes() {
		return new int[] { this.options.get("few"), this.options.get("some"), this.options.get("many") };
	}

	private int repeats(int rows) {
		if (rows == this.options.get("many")) {
			return 1;
		}
		return this.options.get("repeats") * ((rows == this.options.get("few")) ? FEW_TO_SOME : 1);
	}

	private static String user(int rows) {
		return "rows " + rows;
	}

	private List<Sample> read(String name, int rows, int repeats) throws InterruptedException {
		List<Sample> read = new ArrayList<>();
		ServerProcess server = name.equals(KALAM) ? this.kalam : this.bare;
		for (int i = 0; i < repeats; i++) {
			Reader reader = new Reader();
			try (Line line = new Line(server.port(), user(rows), List.of(), reader::read)) {
				line.awaitWelcome();
				long before = line.bytes();
				long begin = System.nanoTime();
				line.say(SUBSCRIBE);
				reader.await(rows);
				read.add(new Sample(name, rows, (reader.first - begin) / 1e6, (reader.last - begin) / 1e6,
						line.bytes() - before));
			}
		}
		return read;
	}

	private List<Sample> copy(int rows, int repeats) throws SQLException, IOException {
		List<Sample> read = new ArrayList<>();
		try (Connection connection = this.database.connect()) {
			for (int i = 0; i < repeats; i++) {
				Counting bytes = new Counting();
				long begin = System.nanoTime();
				long copied = connection.unwrap(PGConnection.class)
					.getCopyAPI()
					.copyOut("COPY (SELECT id, owner, status, body, created FROM items WHERE owner = '" + user(rows)
							+ "' AND status <> 'closed') TO STDOUT", bytes);
				double time = (System.nanoTime() - begin) / 1e6;
				Assert.state(copied == rows, "COPY gave other rows");
				read.add(new Sample(COPY, rows, Double.NaN, time, bytes.count));
			}
		}
		return read;
	}

	private void report(double load) throws IOException {
		Report report = new Report();
		report.head(Machine.of(this.database.version()), load, this.options, "Medians over the rounds.");
		report.table(List.of("the rows of a subscription", "rows", "first batch, ms", "last row, ms", "rows/s", "MB/s",
				"rows/s, ratio to R2DBC"));
		for (int rows : sizes()) {
			for (String name : List.of(COPY, BARE, KALAM)) {
				report
					.row(List.of(name, Integer.toString(rows), name.equals(COPY) ? "" : text(name, rows, Sample::first),
							text(name, rows, Sample::last), Report.number("%.0f", value(name, rows, Sample::perSecond)),
							Report.number("%.1f", value(name, rows, Sample::megabytes)),
							Report.number("%.2f", ratio(name, rows))));
			}
		}
		for (int rows : sizes()) {
			for (String name : List.of(COPY, BARE, KALAM)) {
				report.figure(Figure.of("ms to the last of " + rows + " rows", name, values(name, rows, Sample::last)));
			}
		}
		String few = "a snapshot of " + Report.count(this.options.get("few"), "row");
		String some = "a snapshot of " + Report.count(this.options.get("some"), "row");
		String many = "a snapshot of " + Report.count(this.options.get("many"), "row");
		report.aim(Aim.atLeast(many + ", rows/s, to plain R2DBC", 0.6, ratio(KALAM, this.options.get("many"))));
		report.aim(Aim.atLeast(some + ", rows/s, to plain R2DBC", 0.6, ratio(KALAM, this.options.get("some"))));
		report.aim(Aim.atLeast(few + ", rows/s, to plain R2DBC", 0.6, ratio(KALAM, this.options.get("few"))));
		report.aim(Aim.atMost(some + ", ms to the last row", 60, value(KALAM, this.options.get("some"), Sample::last)));
		report.publish("snapshot", this.samples);
	}

	private double ratio(String name, int rows) {
		return value(name, rows, Sample::perSecond) / value(BARE, rows, Sample::perSecond);
	}

	private String text(String name, int rows, ToDoubleFunction<Sample> figure) {
		return Report.number("%.1f", value(name, rows, figure));
	}

	private double value(String name, int rows, ToDoubleFunction<Sample> figure) {
		return Distribution.median(values(name, rows, figure));
	}

	private double[] values(String name, int rows, ToDoubleFunction<Sample> figure) {
		return Figure.rounds(this.samples, (sample) -> sample.name().equals(name) && sample.rows() == rows, figure);
	}

	/**
	 * One reading: milliseconds since it was asked for, and bytes.
	 */
	private record Sample(String name, int rows, double first, double last, long bytes) {

		double perSecond() {
			return this.rows * 1000 / this.last;
		}

		double megabytes() {
			return this.bytes / 1000.0 / this.last;
		}

	}

	/**
	 * Takes the time of the first batch and of the last; counts the rows.
	 */
	private static final class Reader {

		private final CountDownLatch complete = new CountDownLatch(1);

		private volatile long first;

		private volatile long last;

		private final AtomicInteger rows = new AtomicInteger();

		void read(ByteBuf frame) {
			if (!Spectators.begins(frame, BATCH)) {
				return;
			}
			long now = System.nanoTime();
			if (this.first == 0) {
				this.first = now;
			}
			RowIds.forEach(frame, (id) -> this.rows.incrementAndGet());
			if (isLast(frame)) {
				this.last = now;
				this.complete.countDown();
			}
		}

		private static boolean isLast(ByteBuf frame) {
			int tail = Math.min(TAIL, frame.readableBytes());
			return frame.toString(frame.writerIndex() - tail, tail, StandardCharsets.US_ASCII)
				.contains(new String(LAST, StandardCharsets.US_ASCII));
		}

		void await(int expected) throws InterruptedException {
			Assert.state(this.complete.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "The snapshot does not end");
			Assert.state(this.rows.get() == expected, () -> this.rows + " rows came instead of " + expected);
		}

	}

	/**
	 * Counts bytes.
	 */
	private static final class Counting extends OutputStream {

		private long count;

		@Override
		public void write(int octet) {
			this.count++;
		}

		@Override
		public void write(byte[] octets, int offset, int length) {
			this.count += length;
		}

	}

}
