package io.kalam.boot;

import java.io.File;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kalam.boot.live.LiveApplication;
import io.kalam.catalog.PostgresSettings;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.devtools.autoconfigure.LocalDevToolsAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * A whole application under DevTools in a process of its own, which restarts whenever
 * something changes in a directory, and says what earlier ones have left behind.
 */
public final class DevToolsProcess {

	/**
	 * Where the build, which keeps it from all other tests, has DevTools. An IDE has it
	 * on the class path.
	 */
	private static final String JAR = "kalam.test.devtools";

	private static final String LOADERS = "kalam.test.loaders";

	private DevToolsProcess() {
	}

	static LiveProcess start(PostgresSettings postgres, Path watched, String... properties) {
		String[] all = new String[properties.length + 4];
		System.arraycopy(properties, 0, all, 0, properties.length);
		all[properties.length] = "spring.devtools.restart.additional-paths=" + watched.toAbsolutePath();
		all[properties.length + 1] = "spring.devtools.restart.poll-interval=200ms";
		all[properties.length + 2] = "spring.devtools.restart.quiet-period=100ms";
		all[properties.length + 3] = "spring.devtools.livereload.enabled=false";
		return LiveProcess.start(DevToolsProcess.class, options(), postgres, all);
	}

	/**
	 * Caches behind soft references are emptied at every collection.
	 */
	private static List<String> options() {
		return List.of("-cp", classPath(), "-Dspring.devtools.restart.enabled=true", "-XX:SoftRefLRUPolicyMSPerMB=0");
	}

	/**
	 * Without the empty entry at the end that Surefire has, which is the module's
	 * directory, with every journal in it, where DevTools would look for changes.
	 */
	private static String classPath() {
		return Stream
			.concat(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)),
					Stream.ofNullable(System.getProperty(JAR)))
			.filter((entry) -> !entry.isEmpty())
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * Is called once more for each restart, by a class of another loader.
	 */
	public static void main(String[] properties) {
		ClassLoader loader = DevToolsProcess.class.getClassLoader();
		if (loader != ClassLoader.getSystemClassLoader()) {
			loaders().add(new WeakReference<>(loader));
		}
		String[] arguments = Stream.of(properties)
			.map((property) -> property.startsWith("--") ? property : "--" + property)
			.toArray(String[]::new);
		ConfigurableApplicationContext context = new SpringApplicationBuilder(LiveApplication.class,
				RunningApplication.Kalam.class, DevTools.class)
			.run(arguments);
		System.out.println(LiveProcess.PORT + context.getEnvironment().getProperty("local.server.port"));
	}

	/**
	 * The loaders of all starts, kept where none of them is.
	 */
	@SuppressWarnings("unchecked")
	private static List<WeakReference<ClassLoader>> loaders() {
		Properties system = System.getProperties();
		return (List<WeakReference<ClassLoader>>) system.computeIfAbsent(LOADERS,
				(key) -> new CopyOnWriteArrayList<>());
	}

	/**
	 * Which starts have a loader that is not collected.
	 */
	private static List<Integer> kept() {
		System.gc();
		List<WeakReference<ClassLoader>> all = loaders();
		return IntStream.range(0, all.size()).filter((i) -> all.get(i).get() != null).boxed().toList();
	}

	/**
	 * The threads that have the loader of the first start.
	 */
	private static List<String> keepers() {
		ClassLoader first = loaders().get(0).get();
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> first != null && thread.getContextClassLoader() == first)
			.map(Thread::getName)
			.sorted()
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(LocalDevToolsAutoConfiguration.class)
	static class DevTools {

		/**
		 * Which loaders have not been collected, which threads keep the first of them,
		 * and which threads are Kalam's.
		 */
		@Bean
		RouterFunction<ServerResponse> left() {
			return RouterFunctions.route()
				.GET("/loaders", (request) -> ServerResponse.ok().bodyValue(kept().toString()))
				.GET("/keepers", (request) -> ServerResponse.ok().bodyValue(String.join("\n", keepers())))
				.GET("/threads", (request) -> ServerResponse.ok().bodyValue(String.join("\n", OwnThreads.names())))
				.build();
		}

	}

}
