package io.kalam.boot.test.desk;

import java.util.Map;

import io.kalam.boot.test.RealtimeTest;
import io.kalam.boot.test.RealtimeTestClient;
import io.kalam.boot.test.RealtimeTestPublication;
import io.kalam.boot.test.RealtimeTestSubscription;
import io.kalam.boot.test.RealtimeTestUser;
import io.kalam.operations.RealtimeOperations;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams in the slice, and the policies of what users may tell.
 */
@RealtimeTest
@ActiveProfiles("production")
class PublishedEventsIntegrationTests {

	@Autowired
	private RealtimeTestClient client;

	@Autowired
	private TicketService tickets;

	@Autowired
	private RealtimeOperations realtime;

	@Test
	void aPolicySaysToWhomAUserMayTellAnEvent() {
		this.tickets.open("nina", "Hers");
		RealtimeTestUser otto = this.client.as("otto");
		RealtimeTestSubscription<Nudge> nina = this.client.as("nina").subscribe(Nudge.class);
		RealtimeTestSubscription<Nudge> pia = this.client.as("pia").subscribe(Nudge.class);
		assertThat(otto.publish("nudge", Map.of("recipient", "nina", "text", "?")).isTold()).isTrue();
		RealtimeTestPublication refused = otto.publish("nudge", Map.of("recipient", "pia", "text", "?"));
		assertThat(refused.isTold()).isFalse();
		assertThat(refused.refusal()).isEqualTo("UNAUTHORIZED");
		assertThat(refused.message()).isEqualTo("You may not tell this event");
		assertThat(nina).rows().containsExactly(new Nudge("nina", "otto", "?"));
		assertThat(pia).staysEmpty();
	}

	@Test
	void theApplicationTellsEvents() {
		RealtimeTestSubscription<Nudge> quin = this.client.as("quin").subscribe(Nudge.class);
		this.realtime.emit(new Nudge("quin", "desk", "!")).block();
		assertThat(quin).rows().containsExactly(new Nudge("quin", "desk", "!"));
		this.realtime.retract(new Nudge("quin", "desk", "!")).block();
		assertThat(quin).isEmpty();
	}

	@Test
	void aStreamThatIsNotThereIsSaidToBe() {
		RealtimeTestPublication refused = this.client.as("ruth").publish("nothing", Map.of());
		assertThat(refused.refusal()).isEqualTo("NOT_FOUND");
	}

}
