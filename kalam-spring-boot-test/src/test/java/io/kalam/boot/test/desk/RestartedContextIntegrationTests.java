package io.kalam.boot.test.desk;

import io.kalam.boot.test.RealtimeTest;
import io.kalam.boot.test.RealtimeTestClient;
import io.kalam.boot.test.RealtimeTestRow;
import io.kalam.boot.test.RealtimeTestSubscription;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

import static io.kalam.boot.test.ExpectedRow.row;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring stops a context that waits in the cache while tests of another one run, and
 * starts it again for the next test that wants it.
 */
@RealtimeTest
class RestartedContextIntegrationTests {

	@Autowired
	private RealtimeTestClient client;

	@Autowired
	private TicketService tickets;

	@Autowired
	private ConfigurableApplicationContext context;

	@Test
	void aContextThatWasStoppedAndStartedAgainServes() {
		this.context.stop();
		this.context.start();
		RealtimeTestSubscription<RealtimeTestRow> dora = this.client.as("dora").subscribe("SELECT * FROM tickets");
		this.tickets.open("dora", "Again");
		assertThat(dora).containsExactly(row("title", "Again"));
	}

}
