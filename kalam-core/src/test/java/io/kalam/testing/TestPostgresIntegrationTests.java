package io.kalam.testing;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server of the tests is of the major version that the build was asked for with
 * {@code -Dkalam.postgres.version=}.
 */
class TestPostgresIntegrationTests {

	@Test
	void isOfTheVersionThatWasAskedFor() {
		String version = TestPostgres.value(TestPostgres.createDatabase(), "SHOW server_version");
		assertThat(version).startsWith(TestPostgres.MAJOR + ".");
	}

}
