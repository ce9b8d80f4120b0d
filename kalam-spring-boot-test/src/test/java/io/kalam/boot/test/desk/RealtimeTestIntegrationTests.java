package io.kalam.boot.test.desk;

import java.time.Duration;
import java.time.Instant;

import io.kalam.boot.test.RealtimeTest;
import io.kalam.boot.test.RealtimeTestChange;
import io.kalam.boot.test.RealtimeTestChange.Kind;
import io.kalam.boot.test.RealtimeTestClient;
import io.kalam.boot.test.RealtimeTestRow;
import io.kalam.boot.test.RealtimeTestSubscription;
import io.kalam.boot.test.RealtimeTestUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ActiveProfiles;

import static io.kalam.boot.test.ExpectedRow.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

@RealtimeTest
@ActiveProfiles("production")
class RealtimeTestIntegrationTests {

	private static final String TICKETS = "SELECT id, title FROM tickets";

	@Autowired
	private RealtimeTestClient client;

	@Autowired
	private TicketService tickets;

	@AfterEach
	void empty() {
		this.tickets.execute("TRUNCATE tickets");
	}

	@Test
	void anOwnerSeesARowAndNobodyElseDoes() {
		RealtimeTestSubscription<RealtimeTestRow> alice = this.client.as("alice").subscribe(TICKETS);
		RealtimeTestSubscription<RealtimeTestRow> bob = this.client.as("bob").subscribe(TICKETS);
		long id = this.tickets.open("alice", "Paper");
		assertThat(alice).contains(row("id", id).and("title", "Paper")).hasSize(1);
		assertThat(bob).staysEmpty();
	}

	@Test
	void aRowThatChangesHandsIsDeletedHereAndInsertedThere() {
		long id = this.tickets.open("alice", "Paper");
		RealtimeTestSubscription<Ticket> alice = this.client.as("alice").subscribe(Ticket.class);
		RealtimeTestSubscription<Ticket> bob = this.client.as("bob").subscribe(Ticket.class);
		assertThat(alice).rows().extracting(Ticket::id, Ticket::status).containsExactly(tuple(id, "open"));
		this.tickets.assign(id, "bob");
		assertThat(alice).isEmpty().changes().extracting(RealtimeTestChange::kind).containsExactly(Kind.DELETE);
		assertThat(bob).changes().satisfiesExactly((change) -> {
			assertThat(change.kind()).isEqualTo(Kind.INSERT);
			assertThat(change.row().assigneeId()).isEqualTo("bob");
			assertThat(change.row().updatedAt()).isBefore(Instant.now().plusSeconds(60));
		});
	}

	@Test
	void staysEmptyFailsForARowThatCameAndWent() {
		RealtimeTestSubscription<RealtimeTestRow> alice = this.client.as("alice").subscribe(TICKETS);
		this.tickets.delete(this.tickets.open("alice", "Paper"));
		assertThat(alice).isEmpty();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(alice).staysEmpty())
			.withMessageContaining("alice's subscription to '" + TICKETS + "'")
			.withMessageContaining("never to have been told of a row")
			.withMessageContaining("insert")
			.withMessageContaining("Paper")
			.withMessageContaining("delete");
	}

	@Test
	void whatIsCommittedByAnotherThreadIsAwaited() {
		RealtimeTestSubscription<RealtimeTestRow> alice = this.client.as("alice").subscribe(TICKETS);
		this.tickets.openSoon("alice", "Later");
		assertThat(alice).eventually().contains(row("title", "Later"));
	}

	@Test
	void whoWasAwayIsToldWhatHasBeenMissed() {
		long kept = this.tickets.open("alice", "Kept");
		long gone = this.tickets.open("alice", "Gone");
		RealtimeTestUser alice = this.client.as("alice");
		RealtimeTestSubscription<RealtimeTestRow> subscription = alice.subscribe(TICKETS);
		assertThat(subscription).containsExactly(row("id", kept), row("id", gone));
		alice.disconnect();
		this.tickets.delete(gone);
		this.tickets.open("alice", "New");
		alice.reconnect();
		assertThat(subscription).hasResumed().containsExactly(row("title", "Kept"), row("title", "New"));
		assertThat(subscription).changes()
			.extracting(RealtimeTestChange::kind)
			.containsExactly(Kind.DELETE, Kind.INSERT);
	}

	@Test
	void whoIsDisconnectedSaysSo() {
		RealtimeTestUser alice = this.client.as("alice");
		RealtimeTestSubscription<RealtimeTestRow> subscription = alice.subscribe(TICKETS);
		alice.disconnect();
		assertThatIllegalStateException().isThrownBy(() -> assertThat(subscription).isEmpty())
			.withMessageContaining("call reconnect()");
	}

	@Test
	void authoritiesDecideAboutSharedTables() {
		assertThat(this.client.as("alice").subscribe("SELECT * FROM notices")).isRefusedWith("NOT_FOUND");
		assertThat(this.client.as("alice").withAuthorities("ROLE_KEEPER").subscribe(Notice.class)).hasSize(1);
	}

	@Test
	void claimsAreThoseOfTheToken() {
		this.tickets.open("carol", "Hers");
		assertThat(this.client.as("alice").withClaim("login", "carol").subscribe(TICKETS)).hasSize(1);
	}

	@Test
	void aRefusalIsPartOfTheMessage() {
		RealtimeTestSubscription<RealtimeTestRow> alice = this.client.as("alice").subscribe("SELECT x FROM tickets");
		assertThat(alice.refusal()).isEqualTo("INVALID_SQL");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(alice).isEmpty())
			.withMessageContaining("it has ended with INVALID_SQL");
	}

	@Test
	void parametersAndTruncates() {
		this.tickets.open("alice", "Paper");
		this.tickets.open("alice", "Ink");
		RealtimeTestSubscription<RealtimeTestRow> ink = this.client.as("alice")
			.subscribe("SELECT * FROM tickets WHERE title = $1", "Ink");
		assertThat(ink).containsExactly(row("title", "Ink").and("stage", "open"));
		this.tickets.execute("TRUNCATE tickets");
		assertThat(ink).isEmpty();
	}

	@Test
	void aFailureAfterAWaitSaysHowLongItWas() {
		RealtimeTestSubscription<RealtimeTestRow> alice = this.client.as("alice").subscribe(TICKETS);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(alice).eventually(Duration.ofMillis(1)).hasSize(1))
			.withMessageContaining("within 1 ms")
			.withMessageContaining("a snapshot of 0 rows");
	}

	@Test
	void onlyServicesOfTheApplicationAreThere(@Autowired ApplicationContext context) {
		assertThat(context.containsBean("mailServer")).isFalse();
		assertThat(context.getEnvironment().getProperty("kalam.postgres.slot")).startsWith("kalam_test_");
	}

}
