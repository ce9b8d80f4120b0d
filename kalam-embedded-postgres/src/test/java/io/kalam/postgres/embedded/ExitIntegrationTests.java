package io.kalam.postgres.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A server ends with the JVM, however that ends.
 */
class ExitIntegrationTests {

	@Test
	void exit() throws Exception {
		assertServerEndsAfter((process) -> closeInput(process));
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void terminated() throws Exception {
		assertServerEndsAfter(Process::destroy);
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void killed() throws Exception {
		assertServerEndsAfter(Process::destroyForcibly);
	}

	private static void assertServerEndsAfter(Consumer<Process> end) throws IOException {
		Process process = new ProcessBuilder(List.of(ProcessHandle.current().info().command().orElse("java"), "-cp",
				System.getProperty("java.class.path"), ServingApplication.class.getName()))
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader output = process.inputReader()) {
			String[] words = output.lines()
				.filter((line) -> line.startsWith("serving "))
				.findFirst()
				.orElseThrow()
				.split(" ");
			ProcessHandle server = ProcessHandle.of(Long.parseLong(words[1])).orElseThrow();
			assertThat(Processes.isRunning(server)).isTrue();
			end.accept(process);
			await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
				assertThat(Processes.isRunning(server)).isFalse();
				assertThat(Path.of(words[2])).doesNotExist();
			});
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static void closeInput(Process process) {
		try {
			process.getOutputStream().close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
