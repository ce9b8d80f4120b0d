package io.kalam.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a benchmark of JMH and reports it as the others are. It has JMH's options.
 */
public final class MicroBenchmark {

	/** The benchmarks by name. */
	static final Map<String, Class<?>> ALL = Map.of("evaluation", EvaluationBenchmark.class, "encoding",
			EncodingBenchmark.class);

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
		MicroFigures.read(Files.readString(results)).forEach(report::figure);
		report.publish(name);
	}

	private static void run(String name, CommandLineOptions options, Path results) throws Exception {
		Class<?> benchmark = ALL.get(name);
		if (benchmark == null) {
			throw new IllegalArgumentException("There is no " + name + " but " + ALL.keySet());
		}
		new Runner(new OptionsBuilder().parent(options)
			.include("\\." + benchmark.getSimpleName() + "\\.")
			.shouldFailOnError(true)
			.verbosity(VerboseMode.NORMAL)
			.resultFormat(ResultFormatType.JSON)
			.result(results.toString())
			.addProfiler(GCProfiler.class)
			.build()).run();
	}

}
