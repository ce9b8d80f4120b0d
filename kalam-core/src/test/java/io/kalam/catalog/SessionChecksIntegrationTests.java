package io.kalam.catalog;

import java.io.IOException;
import java.util.Map;

import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionChecksIntegrationTests {

	private final PostgresSettings server = TestPostgres.createDatabase();

	@Test
	void aPoolerThatDropsWhatASessionIsToBe() throws IOException {
		try (SessionDroppingPooler pooler = new SessionDroppingPooler(this.server)) {
			assertThat(Checks.of(pooler.settings()).findings()).singleElement().satisfies((finding) -> {
				assertThat(finding.problem()).startsWith("What answers at postgres@127.0.0.1:")
					.contains("drops the settings of a session, as connection poolers do");
				assertThat(finding.remedy()).startsWith("Set kalam.postgres.host and kalam.postgres.port");
			});
		}
	}

	@Test
	void aServerIsNone() {
		assertThat(Checks.of(this.server).findings()).isEmpty();
	}

	@Test
	void whoSetsOptionsByHandKnowsWhatTheyDo() {
		assertThat(Checks
			.of(new PostgresSettings(this.server.host(), this.server.port(), this.server.database(), this.server.user(),
					this.server.password(), Map.of("options", "-c statement_timeout=7s")))
			.findings()).isEmpty();
	}

}
