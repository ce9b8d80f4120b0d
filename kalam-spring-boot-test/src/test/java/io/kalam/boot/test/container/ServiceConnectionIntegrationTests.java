package io.kalam.boot.test.container;

import java.time.Duration;

import io.kalam.boot.test.RealtimeTest;
import io.kalam.boot.test.RealtimeTestClient;
import io.kalam.boot.test.RealtimeTestRow;
import io.kalam.boot.test.RealtimeTestSubscription;
import io.kalam.boot.test.desk.DeskApplication;
import io.kalam.boot.test.desk.TicketService;
import io.kalam.catalog.PostgresSettings;
import org.junit.jupiter.api.Test;
import org.testcontainers.postgresql.PostgreSQLContainer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.ContextConfiguration;

import static io.kalam.boot.test.ExpectedRow.row;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A container that Boot knows by {@code @ServiceConnection} is all that there is to say.
 */
@ContainerEngine.Required
@RealtimeTest
@ContextConfiguration(classes = { DeskApplication.class, ServiceConnectionIntegrationTests.Containers.class })
class ServiceConnectionIntegrationTests {

	@Autowired
	private RealtimeTestClient client;

	@Autowired
	private TicketService tickets;

	@Test
	void changesAreCapturedFromTheContainer(@Autowired PostgreSQLContainer postgres,
			@Autowired PostgresSettings settings) {
		assertThat(settings.port()).isEqualTo(postgres.getFirstMappedPort());
		assertThat(settings.user()).isEqualTo(postgres.getUsername());
		RealtimeTestSubscription<RealtimeTestRow> alice = this.client.as("alice").subscribe("SELECT * FROM tickets");
		this.tickets.open("alice", "In a container");
		assertThat(alice).containsExactly(row("title", "In a container"));
		assertThat(this.client.as("bob").subscribe("SELECT * FROM tickets")).staysEmpty();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Containers {

		@Bean
		@ServiceConnection
		PostgreSQLContainer postgres() {
			PostgreSQLContainer postgres = LogicalPostgres.container(ContainerEngine.image());
			postgres.withStartupTimeout(Duration.ofMinutes(5));
			return postgres;
		}

	}

}
