package io.kalam.postgres.embedded;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerSettingsTests {

	@Test
	void durableFlushesCommits() {
		assertThat(settings(true, Map.of()).toConfiguration()).contains("fsync = 'on'", "full_page_writes = 'on'",
				"synchronous_commit = 'on'");
	}

	@Test
	void otherwiseCommitsAreNotFlushed() {
		assertThat(settings(false, Map.of()).toConfiguration()).contains("fsync = 'off'", "full_page_writes = 'off'",
				"synchronous_commit = 'off'");
	}

	@Test
	void ownParametersComeOnTopAndAreQuoted() {
		String configuration = settings(false,
				Map.of("Synchronous_Commit", "remote_write", "search_path", "it's \\here"))
			.toConfiguration();
		assertThat(configuration).contains("synchronous_commit = 'remote_write'", "search_path = 'it''s \\\\here'")
			.doesNotContain("synchronous_commit = 'off'");
	}

	@Test
	void anotherWalLevelIsRefused() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> settings(false, Map.of("WAL_level", "replica")))
			.satisfies((ex) -> {
				assertThat(ex.description()).contains("WAL_level", "replica", "logical");
				assertThat(ex.action()).contains("Remove wal_level from kalam.embedded-postgres.server-parameters");
			});
	}

	@Test
	void theSameWalLevelIsAccepted() {
		assertThat(settings(false, Map.of("wal_level", "logical")).parameters()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "port, kalam.embedded-postgres.port", "data_directory, kalam.embedded-postgres.data-directory",
			"listen_addresses, 127.0.0.1 only" })
	void parametersWithAPropertyOfTheirOwnAreRefused(String name, String action) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> settings(false, Map.of(name, "1")))
			.satisfies((ex) -> assertThat(ex.action()).contains(action));
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-wal-senders", "a b", "a = 1\nb", "", "1a" })
	void namesThatAreNoneAreRefused(String name) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> settings(false, Map.of(name, "1")))
			.satisfies((ex) -> assertThat(ex.action()).contains("max_wal_senders"));
	}

	@Test
	void valuesOfSeveralLinesAreRefused() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> settings(false, Map.of("work_mem", "1\nfsync=off")));
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 65536 })
	void portsThatAreNoneAreRefused(int port) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> EmbeddedPostgresServer.builder().port(port).start())
			.satisfies((ex) -> assertThat(ex.action()).contains("kalam.embedded-postgres.port"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "äääääääääääääääääääääääääääääääää" })
	void databaseNamesThatPostgresWouldCutOrRefuseAreRefused(String database) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> EmbeddedPostgresServer.builder().database(database).start())
			.satisfies((ex) -> assertThat(ex.action()).contains("kalam.embedded-postgres.database"));
	}

	@Test
	void timeoutMustBePositive() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> EmbeddedPostgresServer.builder().startupTimeout(Duration.ZERO).start())
			.satisfies((ex) -> assertThat(ex.action()).contains("kalam.embedded-postgres.startup-timeout"));
	}

	private static ServerSettings settings(boolean durable, Map<String, String> parameters) {
		return new ServerSettings(0, "postgres", null, durable, parameters, Duration.ofSeconds(30), false);
	}

}
