package io.kalam.servlet;

import java.net.URI;
import java.time.Duration;

import io.kalam.boot.test.container.LogicalPostgres;
import io.kalam.catalog.PostgresSettings;
import io.kalam.servlet.notes.Note;
import io.kalam.servlet.notes.NoteRepository;
import io.kalam.servlet.notes.NotesApplication;
import io.kalam.testing.RealtimeTestSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Spring MVC and JPA over a container that Boot knows by {@code @ServiceConnection}, as a
 * JDBC database and nothing else: there is no property to set.
 */
@SpringBootTest(classes = NotesApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ServiceConnectionIntegrationTests.Containers.class)
class ServiceConnectionIntegrationTests {

	@LocalServerPort
	private int port;

	@Autowired
	private NoteRepository notes;

	@BeforeAll
	static void thereIsAnEngine() {
		assumeTrue(DockerClientFactory.instance().isDockerAvailable(),
				"There is no Docker engine here (src/docker/run-container-tests.sh makes one)");
	}

	@Test
	void anAuthorSeesANoteAndNobodyElseDoes(@Autowired PostgreSQLContainer postgres,
			@Autowired PostgresSettings settings) {
		assertThat(settings.port()).isEqualTo(postgres.getFirstMappedPort());
		assertThat(settings.user()).isEqualTo(postgres.getUsername());
		this.notes.save(new Note("alice", "before"));
		try (RealtimeTestSocket alice = connect("alice"); RealtimeTestSocket bob = connect("bob")) {
			alice.subscribe("notes", "SELECT id, body FROM note");
			bob.subscribe("notes", "SELECT id, body FROM note");
			assertThat(alice.await("initial_data_batch").toString()).contains("before");
			bob.await("mark");
			alice.await("mark");
			this.notes.save(new Note("alice", "after"));
			this.notes.save(new Note("bob", "his"));
			assertThat(alice.await("transaction").at("/changes/0/row/body").asString()).isEqualTo("after");
			assertThat(bob.await("transaction").at("/changes/0/row/body").asString()).isEqualTo("his");
		}
	}

	private RealtimeTestSocket connect(String user) {
		return RealtimeTestSocket.authenticated(URI.create("ws://localhost:" + this.port + "/v1/ws"),
				RunningApplication.token(user));
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Containers {

		@Bean
		@ServiceConnection
		PostgreSQLContainer postgres() {
			String image = System.getenv().getOrDefault("KALAM_TEST_POSTGRES_IMAGE", "postgres:17");
			PostgreSQLContainer postgres = LogicalPostgres
				.container(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"));
			postgres.withInitScript("schema.sql");
			postgres.withStartupTimeout(Duration.ofMinutes(5));
			return postgres;
		}

	}

}
