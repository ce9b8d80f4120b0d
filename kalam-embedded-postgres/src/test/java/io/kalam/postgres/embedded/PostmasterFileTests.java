package io.kalam.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PostmasterFileTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	Path directory;

	@Test
	void noFile() {
		assertThat(PostmasterFile.read(this.directory)).isNull();
	}

	@Test
	void fileThatIsBeingWritten() throws IOException {
		write("");
		assertThat(PostmasterFile.read(this.directory)).isNull();
	}

	@Test
	void fileOfADeadProcessIsStaleAndLeftToPostgres() throws Exception {
		Process process = new ProcessBuilder("java", "-version").start();
		assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		PostmasterFile file = write(process.pid() + "\n/elsewhere\n");
		assertThat(file.server()).isNull();
		file.deleteIfMisleading();
		assertThat(this.directory.resolve("postmaster.pid")).exists();
	}

	@Test
	void fileWhoseProcessIdIsUsedAgainIsStaleAndDeleted() throws IOException {
		PostmasterFile file = write(ProcessHandle.current().pid() + "\n");
		assertThat(file.server()).isNull();
		file.deleteIfMisleading();
		assertThat(this.directory.resolve("postmaster.pid")).doesNotExist();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void processThatNobodyHasCollectedHasEnded() throws Exception {
		Process parent = new ProcessBuilder("sh", "-c", "sleep 0.2 & exec sleep 300").start();
		try {
			ProcessHandle child = await().atMost(PATIENCE)
				.until(() -> parent.children().findFirst().orElse(null), (handle) -> handle != null);
			await().atMost(PATIENCE).untilAsserted(() -> assertThat(Processes.isRunning(child)).isFalse());
			assertThat(child.isAlive()).as("a zombie").isTrue();
		}
		finally {
			parent.destroyForcibly();
		}
	}

	private PostmasterFile write(String content) throws IOException {
		Files.writeString(this.directory.resolve("postmaster.pid"), content);
		return PostmasterFile.read(this.directory);
	}

}
