package io.kalam.servlet.notes;

import io.kalam.boot.test.RealtimeTest;
import io.kalam.boot.test.RealtimeTestClient;
import io.kalam.boot.test.RealtimeTestSubscription;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Transactional;

import static io.kalam.boot.test.ExpectedRow.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The test slice in Spring MVC, with JPA.
 */
@RealtimeTest
class RealtimeTestIntegrationTests {

	@Autowired
	private RealtimeTestClient client;

	@Autowired
	private NoteRepository notes;

	@Test
	void anAuthorSeesANoteAndNobodyElseDoes() {
		RealtimeTestSubscription<Note> alice = this.client.as("alice").subscribe(Note.class);
		RealtimeTestSubscription<Note> bob = this.client.as("bob").subscribe(Note.class);
		Note note = this.notes.save(new Note("alice", "Hello"));
		assertThat(alice).containsExactly(row("body", "Hello"))
			.rows()
			.first()
			.usingRecursiveComparison()
			.isEqualTo(note);
		assertThat(bob).staysEmpty();
	}

	@Test
	@Transactional
	void aTestThatIsRolledBackIsToldWhyNobodySeesItsRows() {
		RealtimeTestSubscription<Note> carol = this.client.as("carol").subscribe(Note.class);
		this.notes.saveAndFlush(new Note("carol", "Hello"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(carol).hasSize(1))
			.withMessageContaining("@Transactional")
			.withMessageContaining("TestTransaction.flagForCommit()");
	}

}
