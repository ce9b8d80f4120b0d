package io.kalam.desk.ticket;

import io.kalam.boot.test.RealtimeTest;
import io.kalam.boot.test.RealtimeTestChange;
import io.kalam.boot.test.RealtimeTestClient;
import io.kalam.boot.test.RealtimeTestRow;
import io.kalam.boot.test.RealtimeTestSubscription;
import io.kalam.boot.test.RealtimeTestUser;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.kalam.boot.test.ExpectedRow.row;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who sees which tickets. The excerpts are in the manual, src/docs/testing.md.
 */
// tag::test[]
@RealtimeTest
class TicketRealtimeIntegrationTests {

	@Autowired
	private RealtimeTestClient client;

	@Autowired
	private TicketRepository tickets;

	@Test
	void aTicketIsSeenByItsAssigneeAndNobodyElse() {
		RealtimeTestSubscription<RealtimeTestRow> mia = this.client.as("mia").subscribe("SELECT * FROM tickets");
		RealtimeTestSubscription<RealtimeTestRow> noah = this.client.as("noah").subscribe("SELECT * FROM tickets");
		this.tickets.create("mia", "The printer is out of paper", "high", "open").block();
		assertThat(mia).contains(row("title", "The printer is out of paper").and("priority", "high"));
		assertThat(noah).staysEmpty();
	}
	// end::test[]

	// tag::typed[]
	@Test
	void aTicketThatChangesHandsLeavesAndArrives() {
		Ticket ticket = this.tickets.create("olga", "Reset my password", "normal", "open").block();
		RealtimeTestSubscription<Ticket> olga = this.client.as("olga").subscribe(Ticket.class);
		RealtimeTestSubscription<Ticket> paul = this.client.as("paul").subscribe(Ticket.class);
		this.tickets.change(ticket.id(), "olga", null, null, null, "paul").block();
		assertThat(olga).changes().extracting(RealtimeTestChange::kind).containsExactly(RealtimeTestChange.Kind.DELETE);
		assertThat(paul).rows().extracting(Ticket::title).containsExactly("Reset my password");
	}
	// end::typed[]

	// tag::resume[]
	@Test
	void whoWasAwayIsToldWhatHasBeenMissed() {
		RealtimeTestUser quinn = this.client.as("quinn");
		RealtimeTestSubscription<Ticket> open = quinn.subscribe(Ticket.class,
				"SELECT * FROM tickets WHERE status <> $1", "closed");
		quinn.disconnect();
		this.tickets.create("quinn", "While you were out", "low", "open").block();
		quinn.reconnect();
		assertThat(open).hasResumed().containsExactly(row("title", "While you were out"));
	}
	// end::resume[]

}
