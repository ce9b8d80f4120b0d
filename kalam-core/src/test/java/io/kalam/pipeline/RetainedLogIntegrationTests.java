package io.kalam.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import io.kalam.catalog.PostgresSettings;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing is committed to our tables while everything around them is busy.
 */
class RetainedLogIntegrationTests {

	private static final long WRITTEN = 100L << 20;

	private static final long BOUND = 16L << 20;

	private EmbeddedPostgres server;

	private PostgresSettings postgres;

	private PostgresSettings other;

	private long most;

	@BeforeEach
	void start() {
		this.server = TestPostgres.start(Map.of());
		this.postgres = TestPostgres.settings(this.server, "postgres");
		this.other = TestPostgres.settings(this.server, "other");
		TestPostgres.execute(this.postgres, "CREATE DATABASE other", "CREATE TABLE busy (id int8, body text)",
				"CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text)",
				"ALTER TABLE notes REPLICA IDENTITY FULL");
		TestPostgres.execute(this.other, "CREATE TABLE busy (id int8, body text)");
	}

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	@Test
	void theLogOfOtherTablesAndDatabasesIsNotRetained() {
		try (TestEngine engine = new TestEngine(this.postgres, TestEngine.owned("notes", "owner"))) {
			engine.start();
			long begin = value("SELECT pg_current_wal_lsn() - '0/0'");
			write(this.other, begin + WRITTEN / 2);
			write(this.postgres, begin + WRITTEN);
			assertThat(this.most).as("what is written is retained at first").isGreaterThan(BOUND);
			Awaitility.await()
				.atMost(Duration.ofSeconds(90))
				.pollInterval(Duration.ofMillis(500))
				.until(() -> retained() < BOUND);
			assertThat(value("SELECT count(*) FROM notes")).isZero();
		}
	}

	private void write(PostgresSettings where, long end) {
		while (value("SELECT pg_current_wal_lsn() - '0/0'") < end) {
			TestPostgres.execute(where,
					"INSERT INTO busy SELECT n, repeat(md5(n::text), 30) FROM generate_series(1, 5000) n");
			this.most = Math.max(this.most, retained());
		}
	}

	private long retained() {
		return value("SELECT pg_current_wal_lsn() - restart_lsn FROM pg_replication_slots");
	}

	private long value(String sql) {
		return Long.parseLong(TestPostgres.value(this.postgres, sql));
	}

}
