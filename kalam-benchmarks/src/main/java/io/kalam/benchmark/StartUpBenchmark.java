package io.kalam.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

/**
 * How long an application takes until it is ready, and what it is then: a small one with
 * WebFlux and R2DBC, the same that verifies tokens as a resource server, and the same
 * with Kalam. Each start has a JVM of its own. Rounds of all alternate; the first is not
 * counted.
 */
public final class StartUpBenchmark {

	/** Written by the build. */
	static final Path TREE = Path.of("start-up.tree.json");

	/** Written by the build. */
	static final Path CLASS_PATH = Path.of("start-up.classpath");

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 7);
		DEFAULTS.put("jars", 8);
	}

	private static final List<String> PLAIN = List.of("spring-boot-starter-webflux", "spring-boot-starter-data-r2dbc",
			"r2dbc-postgresql");

	private static final List<String> SECURED = Stream
		.concat(PLAIN.stream(), Stream.of("spring-boot-starter-security-oauth2-resource-server"))
		.toList();

	private static final List<String> KALAM = List.of("kalam-spring-boot-starter");

	private final Options options;

	private final Path directory;

	private final List<Candidate> candidates;

	private final List<Sample> samples = new ArrayList<>();

	private StartUpBenchmark(Options options, Path directory, Resolution resolution) {
		this.options = options;
		this.directory = directory;
		Jars plain = Jars.pack(resolution.classPath(PLAIN), directory);
		Jars secured = Jars.pack(resolution.classPath(SECURED), directory);
		Jars kalam = Jars.pack(resolution.classPath(KALAM), directory);
		this.candidates = List.of(new Candidate("WebFlux, R2DBC", PlainApplication.class, plain, false),
				new Candidate("WebFlux, R2DBC, resource server", PlainApplication.class, secured, false),
				new Candidate("Kalam", LiveApplication.class, kalam, false),
				new Candidate("Kalam, for the first time", LiveApplication.class, kalam, true));
	}

	/**
	 * Runs the benchmark.
	 * @param arguments options, {@code name=number} each
	 * @throws Exception if something is not as it has to be
	 */
	public static void main(String[] arguments) throws Exception {
		Options options = Options.of(DEFAULTS, arguments);
		Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "start-up");
		try {
			Resolution resolution = Resolution.read(TREE, CLASS_PATH);
			new StartUpBenchmark(options, directory, resolution).run();
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
		System.exit(0);
	}

	private void run() throws IOException {
		double load = Machine.load();
		try (BenchmarkDatabase database = new BenchmarkDatabase()) {
			for (int round = 0; round <= this.options.get("rounds"); round++) {
				for (Candidate candidate : this.candidates) {
					Sample sample = candidate.first() ? startForTheFirstTime(candidate, round)
							: start(candidate, database, this.directory.resolve("journal"));
					if (round > 0) {
						this.samples.add(sample);
					}
				}
			}
			report(Machine.of(database.version()), load);
		}
	}

	private Sample startForTheFirstTime(Candidate candidate, int round) throws IOException {
		try (BenchmarkDatabase empty = new BenchmarkDatabase()) {
			return start(candidate, empty, this.directory.resolve("journal-" + round));
		}
	}

	private static Sample start(Candidate candidate, BenchmarkDatabase database, Path journal) throws IOException {
		long begin = System.nanoTime();
		try (ServerProcess server = new ServerProcess(candidate.classPath(), List.of(), candidate.main(),
				properties(database, journal))) {
			double ready = (System.nanoTime() - begin) / 1e6;
			double streaming = ready;
			if (candidate.main() == LiveApplication.class) {
				server.await(LiveApplication.STREAMING);
				streaming = (System.nanoTime() - begin) / 1e6;
			}
			double cpu = server.cpu().toNanos() / 1e9;
			Memory memory = server.memory();
			return new Sample(candidate.name(), ready, streaming, cpu, memory.heap() / 1048576.0,
					memory.resident() / 1048576.0);
		}
	}

	private static Object[] properties(BenchmarkDatabase database, Path journal) {
		return new Object[] { "--server.port=0", "--spring.main.banner-mode=off",
				"--spring.r2dbc.url=r2dbc:postgresql://127.0.0.1:" + database.port() + "/postgres",
				"--spring.r2dbc.username=postgres", "--spring.r2dbc.password=postgres",
				// asked when the first token comes, which none does
				"--spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:1/keys",
				"--kalam.journal.directory=" + journal };
	}

	private void report(Machine machine, double load) throws IOException {
		Report report = new Report();
		report.head(machine, load, this.options, "Medians over the rounds.");
		report.table(List.of("an application starts", "until ready, ms", "until changes are streamed, ms",
				"CPU until then, s", "heap, MiB", "resident, MiB", "jars", "class path, MB"));
		this.candidates.forEach((candidate) -> report.row(row(candidate)));
		for (Candidate candidate : this.candidates) {
			String name = candidate.name();
			report.figure(Figure.of("until ready, ms", name, values(name, Sample::ready)));
			report.figure(Figure.of("heap, MiB", name, values(name, Sample::heap)));
			report.figure(Figure.of("resident, MiB", name, values(name, Sample::resident)));
		}
		added(report);
		report.publish("start-up", this.samples);
	}

	private List<String> row(Candidate candidate) {
		String name = candidate.name();
		return List.of(name, median(name, "%.0f", Sample::ready),
				(candidate.main() == LiveApplication.class) ? median(name, "%.0f", Sample::streaming) : "",
				median(name, "%.1f", Sample::cpu), median(name, "%.1f", Sample::heap),
				median(name, "%.0f", Sample::resident), Integer.toString(candidate.jars().files().size()),
				Report.number("%.1f", candidate.jars().megabytes()));
	}

	private void added(Report report) {
		Jars secured = this.candidates.get(1).jars();
		Jars added = this.candidates.get(2).jars().without(secured);
		List<Path> largest = added.largest(this.options.get("jars"));
		report.table(List.of("what Kalam adds to a resource server", "MB"));
		largest.forEach(
				(jar) -> report.row(List.of(jar.getFileName().toString(), Report.number("%.1f", Jars.megabytes(jar)))));
		Jars others = added.without(new Jars(largest));
		report.row(List.of(others.files().size() + " others", Report.number("%.1f", others.megabytes())));
	}

	private String median(String name, String format, ToDoubleFunction<Sample> figure) {
		return Report.number(format, Distribution.median(values(name, figure)));
	}

	private double[] values(String name, ToDoubleFunction<Sample> figure) {
		return Figure.rounds(this.samples, (sample) -> sample.name().equals(name), figure);
	}

	/**
	 * What is started.
	 *
	 * @param name what it is called
	 * @param main its main class
	 * @param jars its jars
	 * @param first whether neither its database nor its journal has been used before
	 */
	private record Candidate(String name, Class<?> main, Jars jars, boolean first) {

		String classPath() {
			return Path.of(this.main.getProtectionDomain().getCodeSource().getLocation().getPath()) + File.pathSeparator
					+ this.jars;
		}

	}

	/**
	 * One start, in milliseconds, seconds and MiB.
	 */
	private record Sample(String name, double ready, double streaming, double cpu, double heap, double resident) {

	}

}
