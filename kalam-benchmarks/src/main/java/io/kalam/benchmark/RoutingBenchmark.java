package io.kalam.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.springframework.util.Assert;

/**
 * What a change of a shared table costs from the hub to the event that its session is
 * told, with ever more sessions that want other rooms. Each is timed by itself, so that
 * the median says what one costs, also on a machine that does something else. All
 * sessions are in one JVM, and the sizes take turns: what the compiler makes of the code,
 * and how fast the machine is just then, is the same for all.
 */
public final class RoutingBenchmark {

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 25);
		DEFAULTS.put("few", 1_000);
		DEFAULTS.put("many", 100_000);
		DEFAULTS.put("most", 1_000_000);
		DEFAULTS.put("changes", 20_000);
		DEFAULTS.put("warmup", 10);
	}

	private static final String INDEXED = "owner = $1";

	/** Means the same. */
	private static final String NOT_INDEXED = "NOT(owner <> $1)";

	private static final double FLAT = 1.5;

	private static final double MICROS_PER_MILLI = 1_000;

	private final Options options;

	private final Map<Integer, Rooms> rooms = new LinkedHashMap<>();

	private final Rooms notIndexed;

	private final List<Sample> samples = new ArrayList<>();

	private RoutingBenchmark(Options options) {
		this.options = options;
		for (int subscriptions : new TreeSet<>(
				List.of(1, options.get("few"), options.get("many"), options.get("most")))) {
			this.rooms.put(subscriptions, new Rooms(subscriptions, INDEXED));
		}
		this.notIndexed = new Rooms(options.get("few"), NOT_INDEXED);
	}

	/**
	 * Runs the benchmark.
	 * @param arguments options, {@code name=number} each
	 * @throws IOException if the results can't be written
	 */
	public static void main(String[] arguments) throws IOException {
		double load = Machine.load();
		RoutingBenchmark benchmark = new RoutingBenchmark(Options.of(DEFAULTS, arguments));
		benchmark.run();
		benchmark.report(load);
	}

	private void run() {
		for (int round = 0; round < this.options.get("warmup"); round++) {
			round();
		}
		for (int round = 0; round < this.options.get("rounds"); round++) {
			this.samples.addAll(round());
		}
		this.rooms.values().forEach(Rooms::close);
		this.notIndexed.close();
	}

	private List<Sample> round() {
		List<Sample> round = new ArrayList<>();
		for (Kind kind : List.of(Kind.BUSY, Kind.ANY, Kind.NOBODY)) {
			this.rooms.forEach((subscriptions, all) -> round.add(sample(kind, subscriptions, all)));
		}
		round.add(sample(Kind.NOT_INDEXED, this.options.get("few"), this.notIndexed));
		return round;
	}

	private Sample sample(Kind kind, int subscriptions, Rooms all) {
		long[] nanos = new long[this.options.get("changes")];
		int told = 0;
		for (int i = 0; i < nanos.length; i++) {
			long begin = System.nanoTime();
			told += kind.commit(all);
			nanos[i] = System.nanoTime() - begin;
		}
		Assert.state(told == ((kind != Kind.NOBODY) ? nanos.length : 0), "Not everybody was told what they wanted");
		return new Sample(kind, subscriptions, Distribution.of(nanos).percentile(50) * MICROS_PER_MILLI);
	}

	private void report(double load) throws IOException {
		int most = this.options.get("most");
		Report report = new Report();
		report.head(Machine.of("not used"), load, this.options, "Medians over the rounds.");
		List<String> columns = new ArrayList<>(List.of("one change, µs"));
		this.rooms.keySet().forEach((subscriptions) -> columns.add(Report.count(subscriptions, "subscription")));
		columns.add(Report.number("%,.0f to 1", most));
		report.table(columns);
		for (Kind kind : Kind.values()) {
			List<String> cells = new ArrayList<>(List.of(kind.title));
			for (int subscriptions : this.rooms.keySet()) {
				cells.add(text(values(kind, subscriptions)));
			}
			cells.add((kind != Kind.NOT_INDEXED) ? Report.number("%.2f", flatness(kind)) : "");
			report.row(cells);
		}
		for (Kind kind : Kind.values()) {
			for (int subscriptions : this.rooms.keySet()) {
				double[] values = values(kind, subscriptions);
				if (values.length > 0) {
					report.figure(Figure.of("µs, a change " + kind.title, Report.count(subscriptions, "subscription"),
							values));
				}
			}
		}
		report.aim(Aim.atMost(
				"a change " + Kind.BUSY.title + ", median, with " + Report.count(most, "subscription") + " to one",
				FLAT, flatness(Kind.BUSY)));
		report.publish("routing", this.samples);
	}

	private static String text(double[] values) {
		return (values.length > 0) ? Report.number("%.2f", Distribution.median(values)) : "";
	}

	private double flatness(Kind kind) {
		return Distribution.median(values(kind, this.options.get("most"))) / Distribution.median(values(kind, 1));
	}

	private double[] values(Kind kind, int subscriptions) {
		return Figure.rounds(this.samples, (sample) -> sample.kind() == kind && sample.subscriptions() == subscriptions,
				Sample::micros);
	}

	/**
	 * Which room is changed.
	 */
	private enum Kind {

		/** A room whose session is in the processor's caches. */
		BUSY("of a busy room"),

		/** One at random: of many, most are in no cache. */
		ANY("of any room"),

		/** One that no session wants. */
		NOBODY("of a room nobody wants"),

		/** As the first, where each session is asked whether it wants it. */
		NOT_INDEXED("of a busy room, not indexed");

		private final String title;

		Kind(String title) {
			this.title = title;
		}

		/**
		 * Commits a change, and takes what is told of it.
		 * @return how many changes were told
		 */
		int commit(Rooms rooms) {
			return switch (this) {
				case BUSY, NOT_INDEXED -> rooms.tellFirst();
				case ANY -> rooms.tell();
				case NOBODY -> rooms.tellNobody();
			};
		}

	}

	/**
	 * The changes of one round: their median, in microseconds.
	 */
	private record Sample(Kind kind, int subscriptions, double micros) {
	}

}
