package io.kalam.boot.test.desk;

import java.util.Map;

import io.kalam.boot.test.RealtimeTest;
import io.kalam.boot.test.RealtimeTestChange;
import io.kalam.boot.test.RealtimeTestClient;
import io.kalam.boot.test.RealtimeTestPublication;
import io.kalam.boot.test.RealtimeTestRow;
import io.kalam.boot.test.RealtimeTestSubscription;
import io.kalam.boot.test.RealtimeTestUser;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.kalam.boot.test.ExpectedRow.row;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page of the manual shows ({@code TestingPageTests}).
 */
@RealtimeTest
class TicketRealtimeIntegrationTests {

	@Autowired
	RealtimeTestClient client;

	@Autowired
	TicketService tickets;

	@Test
	void whoIsAssignedATicketSeesItAndNobodyElseDoes() {
		RealtimeTestSubscription<RealtimeTestRow> mia = this.client.as("mia").subscribe("SELECT * FROM tickets");
		RealtimeTestSubscription<RealtimeTestRow> noah = this.client.as("noah").subscribe("SELECT * FROM tickets");
		this.tickets.open("mia", "The printer is out of paper");
		assertThat(mia).contains(row("title", "The printer is out of paper").and("stage", "open"));
		assertThat(noah).staysEmpty();
	}

	@Test
	void rowsAndChanges() {
		long id = this.tickets.open("olga", "Reset my password");
		RealtimeTestSubscription<Ticket> olga = this.client.as("olga").subscribe(Ticket.class);
		this.tickets.assign(id, "paul");
		assertThat(olga).changes().extracting(RealtimeTestChange::kind).containsExactly(RealtimeTestChange.Kind.DELETE);
		RealtimeTestSubscription<Ticket> paul = this.client.as("paul").subscribe(Ticket.class);
		assertThat(paul).rows().extracting(Ticket::title).containsExactly("Reset my password");
	}

	@Test
	void awayAndBack() {
		RealtimeTestUser quinn = this.client.as("quinn");
		RealtimeTestSubscription<Ticket> open = quinn.subscribe(Ticket.class, "SELECT * FROM tickets WHERE stage <> $1",
				"closed");
		quinn.disconnect();
		this.tickets.open("quinn", "While you were out");
		quinn.reconnect();
		assertThat(open).hasResumed().containsExactly(row("title", "While you were out"));
	}

	@Test
	void authoritiesAndClaims() {
		String notices = "SELECT * FROM notices";
		assertThat(this.client.as("mia").subscribe(notices)).isRefusedWith("NOT_FOUND");
		assertThat(this.client.as("mia").withAuthorities("ROLE_KEEPER").subscribe(notices)).hasSize(1);
		assertThat(this.client.as("mia").withClaim("team", "support").subscribe(notices)).isRefusedWith("NOT_FOUND");
	}

	@Test
	void eventsThatUsersTell() {
		RealtimeTestPublication nudge = this.client.as("mia")
			.publish("nudge", Map.of("recipient", "noah", "text", "?"));
		assertThat(nudge.refusal()).isEqualTo("UNAUTHORIZED");
	}

	@Test
	void soonerOrLater() {
		RealtimeTestSubscription<RealtimeTestRow> rosa = this.client.as("rosa").subscribe("SELECT * FROM tickets");
		this.tickets.openSoon("rosa", "By another thread");
		assertThat(rosa).eventually().contains(row("title", "By another thread"));
	}

}
