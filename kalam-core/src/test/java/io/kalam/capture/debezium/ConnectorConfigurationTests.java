package io.kalam.capture.debezium;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.TableName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ConnectorConfigurationTests {

	private static final PostgresSettings POSTGRES = new PostgresSettings("::1", 5432, "db", "user", "password",
			Map.of("sslmode", "require", "sslpassword", "secret"));

	@Test
	void whatIsPinnedIsRefusedAllAtOnceWithWhatToDoInstead() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> settings(
					Map.of("slot.name", "mine", "heartbeat.interval.ms", "1", "decimal.handling.mode", "double")))
			.withMessageContaining("kalam.debezium.properties.slot.name (set kalam.postgres.slot)")
			.withMessageContaining("kalam.debezium.properties.heartbeat.interval.ms (Kalam sends its own heartbeat)")
			.withMessageContaining("kalam.debezium.properties.decimal.handling.mode");
	}

	@Test
	void everyKeyThatIsPinnedIsReserved() {
		Map<String, String> pinned = ConnectorConfiguration.of(settings(Map.of()), List.of());
		for (String key : pinned.keySet()) {
			assertThatIllegalArgumentException().as(key)
				.isThrownBy(() -> ConnectorConfiguration.refuseReserved(Map.of(key, "other")));
		}
	}

	@Test
	void otherPropertiesReachDebezium() {
		Map<String, String> all = ConnectorConfiguration.of(settings(Map.of("custom.metric.tags", "a=b")), List.of());
		assertThat(all).containsEntry("custom.metric.tags", "a=b").containsEntry("lsn.flush.mode", "connector");
	}

	@Test
	void theConfigurationIsValid() {
		Map<String, String> all = ConnectorConfiguration.of(settings(Map.of()), List.of(new TableName("public", "t")));
		Map<String, String> problems = new HashMap<>();
		Configuration.from(all)
			.validate(PostgresConnectorConfig.ALL_FIELDS)
			.forEach((key, value) -> value.errorMessages().forEach((message) -> problems.put(key, message)));
		assertThat(problems).isEmpty();
	}

	@Test
	void onlyTheTablesThatAreAskedForAreRead() {
		Map<String, String> all = ConnectorConfiguration.of(settings(Map.of()),
				List.of(new TableName("public", "It.ems,$"), new TableName("public", "b")));
		String[] patterns = all.get("table.include.list").split(",");
		assertThat(patterns).hasSize(2);
		assertThat("public.It.ems,$").matches(patterns[0]);
		assertThat("public.It_ems_$").doesNotMatch(patterns[0]);
		assertThat("public.b").matches(patterns[1]);
	}

	@Test
	void theDriverIsToldThePasswordOfTheKeyInAnotherWay() {
		Map<String, String> all = ConnectorConfiguration.of(settings(Map.of()), List.of());
		assertThat(all).doesNotContainValue("secret")
			.containsEntry("driver.sslpasswordcallback", KeyPassword.class.getName())
			.containsEntry("driver.sslmode", "require")
			.containsEntry("database.hostname", "localhost");
	}

	private static DebeziumSettings settings(Map<String, String> properties) {
		return new DebeziumSettings(POSTGRES, "slot", "pub", "prefix", "kalam", 1000, properties, Map::of);
	}

}
