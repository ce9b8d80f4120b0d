package io.kalam.pipeline;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.kalam.catalog.PostgresSettings;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A commit that is larger than the heap. {@code -Dkalam.large.rows=1000000
 * -Dkalam.large.heap=256m} makes it a million rows.
 */
class LargeCommitIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(LargeCommitIntegrationTests.class);

	@TempDir
	private Path directory;

	@Test
	void isReceivedWholeByWhoIsLiveWhoIsSlowAndWhoComesBack() throws Exception {
		PostgresSettings postgres = TestPostgres.createDatabase();
		TestPostgres.execute(postgres, "CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text)",
				"ALTER TABLE notes REPLICA IDENTITY FULL", "CREATE TABLE board (id int8 PRIMARY KEY, body text)",
				"ALTER TABLE board REPLICA IDENTITY FULL");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx" + System.getProperty("kalam.large.heap", "64m"), "-XX:+ExitOnOutOfMemoryError", "-cp",
				System.getProperty("java.class.path"), LargeCommit.class.getName(), Integer.toString(postgres.port()),
				postgres.database(), this.directory.resolve("journal").toString(),
				System.getProperty("kalam.large.rows", "100000"))
			.redirectErrorStream(true)
			.start();
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).as(output).isZero();
			logger.info("{}", output.strip());
		}
		finally {
			process.destroyForcibly();
		}
	}

}
