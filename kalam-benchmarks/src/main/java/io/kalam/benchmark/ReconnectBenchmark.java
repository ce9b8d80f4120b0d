package io.kalam.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

import org.springframework.util.FileSystemUtils;

/**
 * A client is cut off, rows are inserted and deleted, and it comes back: how long it
 * takes from the accepted connection until it has what the database has, and how many
 * bytes.
 */
public final class ReconnectBenchmark {

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 50);
		DEFAULTS.put("rows", 1_000);
		DEFAULTS.put("inserted", 100);
		DEFAULTS.put("deleted", 10);
		DEFAULTS.put("warmup", 400);
	}

	private static final String SUBSCRIBE = "{\"type\":\"subscribe\",\"subscription\":{\"id\":\"items\",\"sql\":"
			+ "\"SELECT id, status, body FROM items\",\"options\":%s}}";

	private static final String INSERT = "INSERT INTO items (id, owner, status, body)"
			+ " SELECT n, 'alice', 'open', 'Out of paper, ' || n FROM generate_series(%d, %d) n";

	private static final String DELETE = "DELETE FROM items WHERE id BETWEEN %d AND %d";

	private final Options options;

	private final BenchmarkDatabase database;

	private final ServerProcess server;

	private final List<Sample> samples = new ArrayList<>();

	private long first = 1;

	private long next = 1;

	private ReconnectBenchmark(Options options, BenchmarkDatabase database, ServerProcess server) {
		this.options = options;
		this.database = database;
		this.server = server;
	}

	/**
	 * Runs the benchmark.
	 * @param arguments options, {@code name=number} each
	 * @throws Exception if something is not as it has to be
	 */
	public static void main(String[] arguments) throws Exception {
		Options options = Options.of(DEFAULTS, arguments);
		Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "reconnect");
		try (BenchmarkDatabase database = new BenchmarkDatabase();
				ServerProcess server = new ServerProcess(KalamServer.class, database.port(),
						directory.resolve("journal"))) {
			new ReconnectBenchmark(options, database, server).run();
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
		System.exit(0);
	}

	private void run() throws SQLException, IOException, InterruptedException {
		double load = Machine.load();
		this.database.execute(List.of(INSERT.formatted(this.next, this.next + this.options.get("rows") - 1)));
		this.next += this.options.get("rows");
		try (Connection connection = this.database.connect(); Statement statement = connection.createStatement()) {
			for (int round = 0; round < this.options.get("warmup"); round++) {
				sample(statement, Way.values()[round % Way.values().length]);
			}
			for (int round = 0; round < this.options.get("rounds"); round++) {
				for (Way way : Way.values()) {
					this.samples.add(sample(statement, way));
				}
			}
		}
		report(load);
	}

	/**
	 * One client is cut off, another one stays: when that one is equal, the changes have
	 * left the database, and what is timed is the way back alone.
	 */
	private Sample sample(Statement statement, Way way) throws SQLException, InterruptedException {
		Replica before = new Replica();
		before.expect(rows(statement));
		try (Line line = open(before, way)) {
			line.awaitWelcome();
			before.await();
		}
		Replica witness = new Replica();
		witness.expect(rows(statement));
		try (Line staying = open(witness, way)) {
			staying.awaitWelcome();
			witness.await();
			write(statement, way.together);
			Map<String, String> expected = rows(statement);
			witness.expect(expected);
			statement.execute("UPDATE items SET status = 'seen' WHERE id = " + this.first);
			witness.await();
			Replica after = before.afterwards();
			after.expect(expected);
			try (Line line = open(after, way)) {
				long equal = after.await();
				return new Sample(way, (equal - line.connectedAt()) / 1e6, line.bytes());
			}
		}
		finally {
			shrink(statement);
		}
	}

	/**
	 * Every round begins with as many rows.
	 */
	private void shrink(Statement statement) throws SQLException {
		int surplus = (int) (this.next - this.first) - this.options.get("rows");
		statement.execute(DELETE.formatted(this.first, this.first + surplus - 1));
		this.first += surplus;
	}

	private Line open(Replica replica, Way way) {
		return new Line(this.server.port(), BenchmarkDatabase.OWNER,
				List.of(SUBSCRIBE.formatted(replica.options(way.delivery))), replica::apply);
	}

	private void write(Statement statement, boolean together) throws SQLException {
		int inserted = this.options.get("inserted");
		int deleted = this.options.get("deleted");
		int step = together ? Math.max(inserted, deleted) : 1;
		for (int i = 0; i < inserted; i += step) {
			statement.execute(INSERT.formatted(this.next + i, this.next + Math.min(i + step, inserted) - 1));
		}
		for (int i = 0; i < deleted; i += step) {
			statement.execute(DELETE.formatted(this.first + i, this.first + Math.min(i + step, deleted) - 1));
		}
		this.next += inserted;
		this.first += deleted;
	}

	private static Map<String, String> rows(Statement statement) throws SQLException {
		Map<String, String> rows = new TreeMap<>();
		try (ResultSet result = statement.executeQuery("SELECT id, body FROM items")) {
			while (result.next()) {
				rows.put(result.getString(1), result.getString(2));
			}
		}
		return rows;
	}

	private void report(double load) throws IOException {
		Report report = new Report();
		report.head(Machine.of(this.database.version()), load, this.options, "Over all rounds.");
		report.table(List.of("a client is back, " + this.options.get("inserted") + " rows inserted, "
				+ this.options.get("deleted") + " deleted", "p50, ms", "p99, ms", "kB, both ways"));
		for (Way way : Way.values()) {
			report.row(List.of(way.text, Report.number("%.2f", times(way).percentile(50)),
					Report.number("%.2f", times(way).percentile(99)), Report.number("%.1f", kilobytes(way))));
			report.figure(Figure.of("ms until a client is back", "Kalam, " + way.text, values(way, Sample::millis)));
			report.figure(Figure.of("kB, both ways", "Kalam, " + way.text, values(way, Sample::kilobytes)));
			report.aim(Aim.atMost("a client is back, " + way.text + ": p50, ms", 10, times(way).percentile(50)));
			report.aim(Aim.atMost("a client is back, " + way.text + ": kB", 15, kilobytes(way)));
		}
		report.publish("reconnect", this.samples);
	}

	private Distribution times(Way way) {
		return Distribution
			.of(Arrays.stream(values(way, Sample::millis)).mapToLong((millis) -> (long) (millis * 1e6)).toArray());
	}

	private double kilobytes(Way way) {
		return Distribution.median(values(way, Sample::kilobytes));
	}

	private double[] values(Way way, ToDoubleFunction<Sample> figure) {
		return Figure.rounds(this.samples, (sample) -> sample.way() == way, figure);
	}

	/**
	 * How the changes were committed, and what of them the client wants.
	 */
	private enum Way {

		TOGETHER("in two commits", true, "all"),

		EACH("each in a commit of its own", false, "all"),

		EACH_LATEST("each in a commit of its own, the latest only", false, "latest");

		private final String text;

		private final boolean together;

		private final String delivery;

		Way(String text, boolean together, String delivery) {
			this.text = text;
			this.together = together;
			this.delivery = delivery;
		}

	}

	/**
	 * One return.
	 */
	private record Sample(Way way, double millis, long bytes) {

		double kilobytes() {
			return this.bytes / 1000.0;
		}

	}

}
