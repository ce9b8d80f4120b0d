package io.kalam.boot;

import io.kalam.boot.notes.Note;
import io.kalam.boot.notes.NoteRepository;
import io.kalam.boot.notes.NotesApplication;
import io.kalam.boot.notes.Typing;
import io.kalam.operations.RealtimeOperations;
import io.kalam.testing.RealtimeTestSocket;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events in the transactions of JPA.
 */
class JpaEventsIntegrationTests {

	@Test
	void areToldWithTheRowsOfTheirTransactionOrNotAtAll() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(NotesApplication.class)
			.properties("spring.jpa.hibernate.ddl-auto=create", "server.port=0", "kalam.websocket.auth-timeout=30s")
			.run();
				RealtimeTestSocket bob = RealtimeTestSocket.authenticated(RunningApplication.socket(context), "bob")) {
			subscribe(bob, "typing", "SELECT * FROM typing");
			subscribe(bob, "notes", "SELECT author_name, body FROM note");
			TransactionTemplate transaction = new TransactionTemplate(
					context.getBean(PlatformTransactionManager.class));
			RealtimeOperations operations = context.getBean(RealtimeOperations.class);
			NoteRepository notes = context.getBean(NoteRepository.class);
			transaction.executeWithoutResult((status) -> {
				operations.emit(new Typing("bob", "never")).block();
				status.setRollbackOnly();
			});
			transaction.executeWithoutResult((status) -> {
				operations.emit(new Typing("bob", "ann")).block();
				notes.saveAndFlush(new Note("bob", "hello"));
				operations.retract(new Typing("bob", "ann")).block();
			});
			JsonNode changes = bob.await("transaction").path("changes");
			assertThat(changes.findValuesAsString("subscription_id")).containsExactly("typing", "notes", "typing");
			assertThat(changes.findValuesAsString("op")).containsExactly("insert", "insert", "delete");
			assertThat(changes.at("/0/row/author_name").asString()).isEqualTo("ann");
		}
	}

	private static void subscribe(RealtimeTestSocket socket, String id, String sql) {
		socket.subscribe(id, sql);
		socket.await((frame) -> frame.path("type").asString().equals("mark")
				&& frame.path("subscription_id").asString().equals(id));
	}

}
