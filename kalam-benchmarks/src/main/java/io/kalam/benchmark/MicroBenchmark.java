package io.kalam.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a benchmark of JMH and reports it as the others are. It has JMH's options.
 */
public final class MicroBenchmark {

	/** The benchmarks by name. */
	static final Map<String, Class<?>> ALL = Map.of("routing", RoutingBenchmark.class, "evaluation",
			EvaluationBenchmark.class, "encoding", EncodingBenchmark.class);

	private static final double FLAT = 1.5;

	private MicroBenchmark() {
	}

	/**
	 * Runs a benchmark.
	 * @param arguments its name, and options of JMH
	 * @throws Exception if something is not as it has to be
	 */
	public static void main(String[] arguments) throws Exception {
		String name = arguments[0];
		CommandLineOptions options = new CommandLineOptions(Arrays.copyOfRange(arguments, 1, arguments.length));
		Path results = Path.of(name + ".json");
		double load = Machine.load();
		run(name, options, results);
		Report report = new Report();
		report.text(Machine.of("not used").toString());
		report.text("");
		report.text(Report.number("Load average: %.2f before it. Figures over JMH's iterations.", load));
		List<Figure> figures = MicroFigures.read(Files.readString(results));
		figures.forEach(report::figure);
		if (name.equals("routing")) {
			flat(report, figures);
		}
		report.publish(name);
	}

	private static void run(String name, CommandLineOptions options, Path results) throws Exception {
		Class<?> benchmark = ALL.get(name);
		if (benchmark == null) {
			throw new IllegalArgumentException("There is no " + name + " but " + ALL.keySet());
		}
		ChainedOptionsBuilder builder = new OptionsBuilder().parent(options)
			.include("\\." + benchmark.getSimpleName() + "\\.")
			.shouldFailOnError(true)
			.verbosity(VerboseMode.NORMAL)
			.resultFormat(ResultFormatType.JSON)
			.result(results.toString());
		if (benchmark != RoutingBenchmark.class) {
			builder.addProfiler(GCProfiler.class);
		}
		new Runner(builder.build()).run();
	}

	/**
	 * What a change of a busy room costs with the most subscriptions, to what it costs
	 * with the fewest.
	 */
	private static void flat(Report report, List<Figure> figures) {
		List<Figure> busy = figures.stream().filter((figure) -> figure.what().startsWith("changeOfABusyRoom")).toList();
		Figure fewest = busy.get(0);
		Figure most = busy.get(busy.size() - 1);
		report
			.aim(Aim.atMost("a change of a busy room, median, subscriptions: " + most.whose() + " to " + fewest.whose(),
					FLAT, most.median() / fewest.median()));
	}

}
