package io.kalam.subscription;

import java.util.List;

import io.kalam.query.Delivery;
import io.kalam.query.SubscribeOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SubscribeRequestTests {

	private static final SubscribeRequest BARE = request(false, SubscribeRequest.MAX_BATCH_SIZE, 0, null);

	@Test
	void takesOptionsFromTheSql() {
		assertThat(BARE.with(SubscribeOptions.NONE)).isSameAs(BARE);
		assertThat(BARE.with(new SubscribeOptions(true, null, null, null, null)))
			.isEqualTo(request(true, SubscribeRequest.MAX_BATCH_SIZE, 0, null));
		assertThat(BARE.with(new SubscribeOptions(true, 20, 50, "7", null))).isEqualTo(request(true, 50, 20, "7"));
		assertThat(request(true, 50, 0, "7").with(new SubscribeOptions(true, 20, 50, null, null)))
			.isEqualTo(request(true, 50, 20, "7"));
	}

	@Test
	void refusesOptionsThatContradictTheMessage() {
		SubscribeRequest request = request(true, 50, 20, "7");
		assertRefused(request, new SubscribeOptions(true, 21, null, null, null), "last_rows is 21 in the SQL and 20");
		assertRefused(request, new SubscribeOptions(true, null, 51, null, null), "batch_size is 51 in the SQL and 50");
		assertRefused(request, new SubscribeOptions(true, null, null, "8", null), "from is 8 in the SQL and 7");
		assertRefused(BARE, new SubscribeOptions(true, null, 1001, null, null), "from 1 to 1000");
		assertThat(request.with(new SubscribeOptions(true, 20, 50, "7", null))).isEqualTo(request);
	}

	@Test
	void takesTheDeliveryFromOneOfBoth() {
		SubscribeOptions latest = new SubscribeOptions(true, null, null, null, Delivery.LATEST);
		SubscribeOptions all = new SubscribeOptions(true, null, null, null, Delivery.ALL);
		SubscribeRequest request = BARE.with(latest);
		assertThat(request.deliver()).isEqualTo(Delivery.LATEST);
		assertThat(request.with(latest).deliver()).isEqualTo(Delivery.LATEST);
		assertThat(request.with(new SubscribeOptions(true, null, null, null, null)).deliver())
			.isEqualTo(Delivery.LATEST);
		assertThat(BARE.with(all).deliver()).isEqualTo(Delivery.ALL);
		assertRefused(request, all, "deliver is all in the SQL and latest in the message");
	}

	private static void assertRefused(SubscribeRequest request, SubscribeOptions options, String message) {
		assertThatExceptionOfType(SubscriptionFailure.class).isThrownBy(() -> request.with(options))
			.withMessageContaining(message);
	}

	private static SubscribeRequest request(boolean snapshot, int batchSize, int lastRows, String from) {
		return new SubscribeRequest("t", "SUBSCRIBE TO t", List.of(), snapshot, batchSize, lastRows, from, null, false,
				false);
	}

}
