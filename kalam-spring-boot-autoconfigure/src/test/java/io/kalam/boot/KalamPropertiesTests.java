package io.kalam.boot;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class KalamPropertiesTests {

	@ParameterizedTest
	@CsvSource({ "postgres.port, 0", "postgres.port, 65536", "postgres.slot, Upper-Case", "postgres.publication, ' '",
			"capture.heartbeat-interval, 0s", "capture.heartbeat-interval, -1s", "capture.max-transaction-size, -1MB",
			"journal.max-size, 0B", "journal.max-age, -1h", "journal.directory, ' '", "journal.sync-delay, -1ms",
			"journal.sync-size, 0B", "journal.max-unwritten, 0B", "journal.cache-size, 0B",
			"journal.resume-collapse-after, 0", "snapshot.max-concurrent, 0", "snapshot.timeout, 0s",
			"snapshot.spool-memory, -1B", "snapshot.spool-memory, 2GB", "query.max-length, 0", "query.max-terms, 0",
			"query.max-in-list, -1", "query.max-depth, 0", "query.max-depth, 101", "query.window.max-rows, 0",
			"query.window.max-rows, 1000001", "query.window.spare-rows, -1", "query.window.max-size, 0B",
			"query.window.refill-interval, -1s", "websocket.path, v1/ws", "websocket.path, ''", "websocket.path, /ws?x",
			"websocket.path, /ws/**", "sse.path, v1/sse", "sse.path, /sse/**", "sse.path, /v1/ws",
			"websocket.auth-timeout, 0s", "websocket.ping-interval, 0s", "websocket.write-timeout, -1s",
			"websocket.mark-interval, 0s", "websocket.max-message-size, 0B", "websocket.max-message-size, 3GB",
			"websocket.max-messages-per-second, 0", "websocket.message-burst, 0", "websocket.max-subscriptions, 0",
			"websocket.max-connections-per-user, 0", "websocket.max-outbound-buffer, -1B",
			"websocket.drain-timeout, -1s", "websocket.reconnect-spread, -1s", "websocket.hold-grace, -1s",
			"security.owner-claim, ''", "security.clock-skew, -1s" })
	void refusesAValueAndNamesTheProperty(String name, String value) {
		assertThat(catchThrowable(() -> bind(Map.of("kalam." + name, value))))
			.hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
			.rootCause()
			.hasFieldOrPropertyWithValue("name", "kalam." + name);
	}

	@Test
	void isFineWithoutAnyProperty() {
		KalamProperties properties = bind(Map.of());
		assertThat(properties.enabled()).isTrue();
		assertThat(properties.websocket().path()).isEqualTo("/v1/ws");
		assertThat(properties.postgres().slotFor("My-Database")).isEqualTo("kalam_my_database");
		assertThat(properties.postgres().slotFor("x".repeat(63))).hasSize(63);
	}

	@Test
	void bindsWhatIsSet() {
		KalamProperties properties = bind(Map.of("kalam.websocket.drain-timeout", "0s",
				"kalam.websocket.reconnect-spread", "30s", "kalam.websocket.allowed-origins", "https://a, https://b",
				"kalam.postgres.slot", "mine", "kalam.snapshot.spool-memory", "0B"));
		assertThat(properties.websocket().drainTimeout()).isZero();
		assertThat(properties.websocket().reconnectSpread()).isEqualTo(Duration.ofSeconds(30));
		assertThat(properties.websocket().allowedOrigins()).isEqualTo(List.of("https://a", "https://b"));
		assertThat(properties.postgres().slotFor("app")).isEqualTo("mine");
	}

	@ParameterizedTest
	@CsvSource({ ", true, true", ", false, false", "validate, true, false", "manage, false, true" })
	void whatIsSaidAboutTheReplicaIdentityWins(String said, boolean development, boolean manages) {
		Map<String, String> values = (said != null) ? Map.of("kalam.postgres.replica-identity", said) : Map.of();
		assertThat(bind(values).postgres().managesReplicaIdentity(development)).isEqualTo(manages);
	}

	private static KalamProperties bind(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("kalam", KalamProperties.class);
	}

}
