package io.kalam.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import org.springframework.util.FileSystemUtils;

/**
 * One change of a shared table on its way to the socket, or to the sockets, that want it,
 * of very many subscriptions that want others: Kalam with many subscriptions a socket
 * beside Kalam with one.
 */
public final class ManySubscriptionsBenchmark {

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 3);
		DEFAULTS.put("sockets", 1_000);
		DEFAULTS.put("each", 100);
		DEFAULTS.put("one", 300);
		DEFAULTS.put("all", 50);
		DEFAULTS.put("warmup", 2);
	}

	private static final String EVERYBODY = "everybody";

	private static final String SUBSCRIBE = "{\"type\":\"subscribe\",\"subscription\":{\"id\":\"board-%d\",\"sql\":"
			+ "\"SELECT id, owner, status, body, created FROM board WHERE owner %s\"}}";

	private final Options options;

	private final Contender kalam;

	private final Random random = new Random(1);

	private final List<Sample> samples = new ArrayList<>();

	private ManySubscriptionsBenchmark(Options options, Contender kalam) {
		this.options = options;
		this.kalam = kalam;
	}

	/**
	 * Runs the benchmark.
	 * @param arguments options, {@code name=number} each
	 * @throws Exception if something is not as it has to be
	 */
	public static void main(String[] arguments) throws Exception {
		Options options = Options.of(DEFAULTS, arguments);
		Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "many-subscriptions");
		try (Contender kalam = Contender.kalam(directory.resolve("journal"), "board")) {
			new ManySubscriptionsBenchmark(options, kalam).run();
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
		System.exit(0);
	}

	private void run() throws Exception {
		double load = Machine.load();
		for (int round = 0; round < this.options.get("warmup"); round++) {
			round(1);
		}
		for (int round = 0; round < this.options.get("rounds"); round++) {
			for (int each : new int[] { 1, this.options.get("each") }) {
				this.samples.add(round(each));
			}
		}
		report(load);
	}

	/**
	 * Begins when what the sockets of the round before had is gone.
	 */
	private Sample round(int each) throws Exception {
		this.kalam.awaitRest();
		Memory before = this.kalam.server().memory();
		int sockets = this.options.get("sockets");
		try (Spectators spectators = new Spectators(this.kalam.port(), sockets)) {
			double seconds = spectators.subscribe((number) -> subscriptions(number, each)) / 1e9;
			double heap = (double) this.kalam.server().memory().minus(before).heap() / sockets / each;
			Distribution one = one(spectators, each);
			Distribution all = all(spectators);
			return new Sample(each, one.percentile(50), one.percentile(99), all.percentile(50), all.percentile(99),
					seconds, heap / 1024);
		}
	}

	private static List<String> subscriptions(int socket, int each) {
		return IntStream.range(0, each)
			.mapToObj((number) -> SUBSCRIBE.formatted(number,
					(number == 0) ? "IN ('" + EVERYBODY + "', '" + name(socket, 0) + "')"
							: "= '" + name(socket, number) + "'"))
			.toList();
	}

	private static String name(int socket, int subscription) {
		return socket + "-" + subscription;
	}

	private Distribution one(Spectators spectators, int each) throws Exception {
		long[] times = new long[this.options.get("one")];
		for (int i = 0; i < times.length; i++) {
			int socket = this.random.nextInt(this.options.get("sockets"));
			String wanted = name(socket, this.random.nextInt(each));
			this.kalam.writer().writeFor((id) -> wanted);
			spectators.expectOnly(socket);
			long acknowledged = this.kalam.commit();
			times[i] = spectators.await()[socket] - acknowledged;
		}
		return Distribution.of(times);
	}

	private Distribution all(Spectators spectators) throws Exception {
		int sockets = this.options.get("sockets");
		long[] times = new long[this.options.get("all") * sockets];
		this.kalam.writer().writeFor((id) -> EVERYBODY);
		for (int i = 0; i < times.length; i += sockets) {
			spectators.expect(1);
			long acknowledged = this.kalam.commit();
			long[] arrivals = spectators.await();
			for (int socket = 0; socket < sockets; socket++) {
				times[i + socket] = arrivals[socket] - acknowledged;
			}
		}
		return Distribution.of(times);
	}

	private void report(double load) throws Exception {
		Report report = new Report();
		report.head(Machine.of(this.kalam.postgres()), load, this.options, "Medians over the rounds.");
		report.table(List.of("one change, " + this.options.get("sockets") + " sockets", "subscriptions",
				"for one socket: p50, ms", "p99, ms", "for all: p50, ms", "p99, ms", "s until all are live",
				"heap, KiB a subscription"));
		for (int each : new int[] { 1, this.options.get("each") }) {
			report.row(List.of("Kalam", Integer.toString(each * this.options.get("sockets")),
					text(each, Sample::oneP50), text(each, Sample::oneP99), text(each, Sample::allP50),
					text(each, Sample::allP99), text(each, Sample::seconds), text(each, Sample::heap)));
			String whose = "Kalam, " + Report.count(each, "subscription") + " a socket";
			report.figure(Figure.of("for one socket: p50, ms", whose, values(each, Sample::oneP50)));
			report.figure(Figure.of("for all: p50, ms", whose, values(each, Sample::allP50)));
			report.figure(Figure.of("s until all are live", whose, values(each, Sample::seconds)));
		}
		report.row(List.of("ratio", "", ratioText(Sample::oneP50), ratioText(Sample::oneP99), ratioText(Sample::allP50),
				ratioText(Sample::allP99), "", ""));
		String compared = Report.count(this.options.get("sockets") * this.options.get("each"), "subscription")
				+ String.format(Locale.ROOT, " to %,d", this.options.get("sockets"));
		report.aim(Aim.atMost(compared + ", a change for one socket, p50", 1.5, ratio(Sample::oneP50)));
		report.aim(Aim.atMost(compared + ", a change for all sockets, p50", 1.5, ratio(Sample::allP50)));
		report.publish("many-subscriptions", this.samples);
	}

	private String text(int each, ToDoubleFunction<Sample> figure) {
		return Report.number("%.2f", value(each, figure));
	}

	private String ratioText(ToDoubleFunction<Sample> figure) {
		return Report.number("%.2f", ratio(figure));
	}

	private double ratio(ToDoubleFunction<Sample> figure) {
		return value(this.options.get("each"), figure) / value(1, figure);
	}

	private double value(int each, ToDoubleFunction<Sample> figure) {
		return Distribution.median(values(each, figure));
	}

	private double[] values(int each, ToDoubleFunction<Sample> figure) {
		return Figure.rounds(this.samples, (sample) -> sample.each() == each, figure);
	}

	/**
	 * The figures of one round.
	 */
	private record Sample(int each, double oneP50, double oneP99, double allP50, double allP99, double seconds,
			double heap) {

	}

}
