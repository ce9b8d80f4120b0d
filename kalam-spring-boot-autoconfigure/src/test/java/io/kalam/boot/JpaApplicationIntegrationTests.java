package io.kalam.boot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.kalam.boot.notes.Note;
import io.kalam.boot.notes.NoteRepository;
import io.kalam.boot.notes.NotesApplication;
import io.kalam.catalog.StartupCheckException;
import io.kalam.operations.RealtimeEvent;
import io.kalam.operations.RealtimeOperations;
import io.kalam.testing.RealtimeTestSocket;
import io.r2dbc.spi.ConnectionFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * JPA beside the starter on the embedded Postgres, whoever makes the tables.
 */
class JpaApplicationIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String HIBERNATE = "spring.jpa.hibernate.ddl-auto=create";

	private static final String FLYWAY = "spring.flyway.locations=classpath:db/notes";

	@ParameterizedTest
	@ValueSource(strings = { HIBERNATE, FLYWAY })
	void theFirstChangeIsCompleteAndNobodyHasAlteredTheTable(String tables) {
		try (ConfigurableApplicationContext context = run(tables)) {
			assertThat(context.getBean(TransactionManager.class)).isInstanceOf(JpaTransactionManager.class);
			assertThat(context.getBeansOfType(ConnectionFactory.class)).isEmpty();
			NoteRepository notes = context.getBean(NoteRepository.class);
			Note note = notes.save(new Note("alice", "before"));
			try (RealtimeTestSocket alice = RealtimeTestSocket.authenticated(RunningApplication.socket(context),
					"alice")) {
				alice.subscribe("notes", "SELECT body FROM note WHERE body = 'before'");
				assertThat(alice.await("initial_data_batch").at("/rows/0/body").asString()).isEqualTo("before");
				alice.await("mark");
				notes.delete(note);
				JsonNode change = alice.await("transaction").at("/changes/0");
				assertThat(change.path("op").asString()).isEqualTo("delete");
			}
		}
	}

	@Test
	void entitiesWithoutSettersAreFollowedInJava() throws InterruptedException {
		try (ConfigurableApplicationContext context = run(HIBERNATE)) {
			RealtimeOperations operations = context.getBean(RealtimeOperations.class);
			BlockingQueue<RealtimeEvent<Note>> told = new LinkedBlockingQueue<>();
			Disposable stream = operations.changes(Note.class).subscribe(told::add);
			Awaitility.await("it follows").atMost(PATIENCE).until(() -> told.poll() != null);
			Note saved = context.getBean(NoteRepository.class).save(new Note("alice", "hello"));
			assertThat(change(told)).isInstanceOfSatisfying(RealtimeEvent.Inserted.class,
					(inserted) -> assertThat(inserted.row()).isInstanceOf(Note.class)
						.usingRecursiveComparison()
						.isEqualTo(saved));
			stream.dispose();
		}
	}

	private static RealtimeEvent<Note> change(BlockingQueue<RealtimeEvent<Note>> told) throws InterruptedException {
		RealtimeEvent<Note> event = told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		while (event instanceof RealtimeEvent.Position) {
			event = told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		return event;
	}

	@Test
	void whatIsSaidAboutTheIdentityHolds() {
		assertThatThrownBy(() -> run(HIBERNATE, "kalam.postgres.replica-identity=validate").close())
			.hasRootCauseInstanceOf(StartupCheckException.class)
			.rootCause()
			.hasMessageContaining("REPLICA IDENTITY DEFAULT");
	}

	private static ConfigurableApplicationContext run(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(List.of("server.port=0", "kalam.websocket.auth-timeout=30s"));
		return new SpringApplicationBuilder(NotesApplication.class).properties(all.toArray(String[]::new)).run();
	}

}
