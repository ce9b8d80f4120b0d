package io.kalam.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kalam.access.AccessDecision;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.access.RealtimeUser;
import io.kalam.event.TestStreams;
import io.kalam.partition.RealtimeTables;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SubscriptionEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients hold, on a clock that only the tests move.
 */
class HeldEventsTests {

	private static final Duration GRACE = Duration.ofSeconds(10);

	private static final String KITCHEN = "{\"place\":\"kitchen\"}";

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final RealtimeTables tables = new RealtimeTables();

	private final List<String> written = new ArrayList<>();

	private final List<PublishRefusedException> ended = new ArrayList<>();

	private final EventPublisher publisher = new EventPublisher(engine(), PublishingEngine.NO_CLASSES, this::write,
			List.of(), this.time, GRACE, this.time);

	private Duration latency = Duration.ZERO;

	private int messages;

	private boolean broken;

	private boolean undecided;

	private AccessDecision decision = AccessDecision.all();

	@BeforeEach
	void define() {
		this.tables.replace(List.of(TestStreams.table(PresenceStream.of("presence", Duration.ofSeconds(30))),
				TestStreams.table(PresenceStream.of("fleeting", Duration.ofSeconds(4)))));
	}

	@AfterEach
	void close() {
		this.publisher.close();
		this.time.dispose();
	}

	@Test
	void anEventIsRenewedForAsLongAsItIsHeld() {
		EventHold hold = hold("ann", KITCHEN);
		assertThat(this.written).containsExactly("hold ann kitchen");
		pass(Duration.ofSeconds(60));
		assertThat(this.written).hasSizeBetween(6, 7).containsOnly("hold ann kitchen");
		this.written.clear();
		hold.release();
		assertThat(written()).containsExactly("release ann kitchen");
		pass(Duration.ofMinutes(5));
		hold.release();
		hold.lose();
		pass(Duration.ofMinutes(5));
		assertThat(this.written).hasSize(1);
	}

	@Test
	void whoComesBackInTimeHasNotBeenAway() {
		EventHold first = hold("ann", KITCHEN);
		first.lose();
		pass(GRACE.minusSeconds(1));
		EventHold second = hold("ann", KITCHEN);
		pass(GRACE.plusSeconds(1));
		assertThat(this.written).containsOnly("hold ann kitchen");
		second.lose();
		this.written.clear();
		pass(GRACE.minusSeconds(2));
		assertThat(this.written).doesNotContain("release ann kitchen");
		pass(Duration.ofSeconds(3));
		assertThat(this.written).contains("release ann kitchen");
	}

	@Test
	void theLastOfSeveralClientsEndsIt() {
		EventHold one = hold("ann", KITCHEN);
		EventHold other = hold("ann", KITCHEN);
		EventHold bobs = hold("bob", KITCHEN);
		this.written.clear();
		one.release();
		one.release();
		assertThat(written()).isEmpty();
		bobs.release();
		other.release();
		assertThat(written()).containsExactly("release bob kitchen", "release ann kitchen");
	}

	@Test
	void whatChangesIsHeldAsItIsNow() {
		hold("ann", "{\"place\":\"kitchen\",\"mood\":\"good\"}");
		hold("ann", "{\"place\":\"kitchen\",\"mood\":\"bad\"}");
		this.written.clear();
		pass(Duration.ofSeconds(11));
		assertThat(this.written).containsExactly("hold ann kitchen bad");
	}

	@Test
	void manyAreRenewedTogether() {
		this.latency = Duration.ofMillis(5);
		for (int i = 0; i < 1000; i++) {
			publisher("u" + i, KITCHEN).subscribe();
		}
		pass(Duration.ofSeconds(1));
		assertThat(this.written).hasSize(1000).doesNotHaveDuplicates();
		assertThat(this.messages).isBetween(2, 4);
		this.written.clear();
		this.messages = 0;
		pass(Duration.ofSeconds(11));
		assertThat(this.written).hasSize(1000).doesNotHaveDuplicates();
		assertThat(this.messages).isBetween(2, 4);
	}

	@Test
	void whoMayTellItNoLongerHoldsItNoLonger() {
		hold("ann", KITCHEN);
		EventHold bobs = hold("bob", KITCHEN);
		this.decision = AccessDecision.none();
		this.publisher.reevaluate((user) -> user.name().equals("ann")).block();
		this.time.advanceTimeBy(Duration.ZERO);
		assertThat(this.written).containsExactly("hold ann kitchen", "hold bob kitchen", "release ann kitchen");
		assertThat(this.ended).singleElement().satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_FOUND));
		pass(Duration.ofSeconds(11));
		assertThat(this.written).endsWith("release bob kitchen");
		assertThat(this.ended).hasSize(2);
		bobs.release();
		assertThat(written()).hasSize(4);
	}

	@Test
	void whatCannotBeDecidedIsNotRenewedAndAskedAgain() {
		hold("ann", KITCHEN);
		this.written.clear();
		this.undecided = true;
		pass(Duration.ofSeconds(25));
		assertThat(this.written).isEmpty();
		this.undecided = false;
		pass(Duration.ofSeconds(4));
		assertThat(this.written).isNotEmpty().containsOnly("hold ann kitchen");
		assertThat(this.ended).isEmpty();
	}

	@Test
	void whatCannotBeWrittenIsWrittenWhenItCan() {
		EventHold hold = hold("ann", KITCHEN);
		this.written.clear();
		this.broken = true;
		hold.release();
		pass(Duration.ofSeconds(5));
		List<Throwable> refusals = new ArrayList<>();
		subscribe("bob", KITCHEN, refusals).dispose();
		assertThat(refusals).singleElement()
			.satisfies(
					(ex) -> assertThat(((PublishRefusedException) ex).code()).isEqualTo(ErrorCode.SUBSCRIPTION_FAILED));
		this.broken = false;
		pass(Duration.ofSeconds(1));
		assertThat(this.written).containsExactlyInAnyOrder("release ann kitchen", "release bob kitchen");
		pass(Duration.ofMinutes(1));
		assertThat(this.written).hasSize(2);
	}

	@Test
	void whoGoesWhileItIsWrittenHoldsNothing() {
		this.broken = true;
		subscribe("ann", KITCHEN, new ArrayList<>());
		this.time.advanceTimeBy(Duration.ZERO);
		this.broken = false;
		this.latency = Duration.ofMillis(5);
		publisher("bob", KITCHEN).subscribe().dispose();
		pass(GRACE.plusSeconds(2));
		assertThat(this.written).contains("release bob kitchen").endsWith("release bob kitchen");
		this.written.clear();
		pass(Duration.ofMinutes(1));
		assertThat(this.written).isEmpty();
	}

	@Test
	void aProcessThatEndsSaysNothingMore() {
		hold("ann", KITCHEN).lose();
		this.publisher.close();
		pass(Duration.ofMinutes(1));
		assertThat(this.written).containsExactly("hold ann kitchen");
	}

	@Test
	void whatCannotBeHeldIsRefused() {
		List<Throwable> refusals = new ArrayList<>();
		this.publisher.hold(() -> user("ann"), "fleeting", json(KITCHEN), this.ended::add)
			.subscribe(null, refusals::add);
		subscribe("ann", "{\"place\":\"hall\",\"mood\":\"" + "x".repeat(70_000) + "\"}", refusals);
		subscribe("ann", "{\"place\":\"kitchen\",\"user_id\":\"bob\"}", refusals);
		assertThat(refusals).extracting((ex) -> ((PublishRefusedException) ex).code())
			.containsExactly(ErrorCode.UNSUPPORTED, ErrorCode.CONVERSION_ERROR, ErrorCode.UNAUTHORIZED);
		pass(Duration.ofMinutes(1));
		assertThat(this.written).isEmpty();
		hold("ann", KITCHEN);
		assertThat(this.written).containsExactly("hold ann kitchen");
	}

	private Mono<Void> write(String prefix, byte[] content) {
		return Mono.<Void>fromRunnable(() -> {
			if (this.broken) {
				throw new IllegalStateException("the database is away");
			}
			this.messages++;
			JsonNode message = JsonMapper.shared().readTree(content);
			String kind = message.has("hold") ? "hold" : "release";
			message.path(kind)
				.forEach((event) -> this.written.add((kind + ' ' + event.path("user_id").asString() + ' '
						+ event.path("place").asString() + ' ' + event.path("mood").asString(""))
					.strip()));
		}).delaySubscription(this.latency, this.time);
	}

	private List<String> written() {
		this.time.advanceTimeBy(Duration.ZERO);
		return this.written;
	}

	private void pass(Duration duration) {
		this.time.advanceTimeBy(Duration.ZERO);
		for (long i = 0; i < duration.toSeconds(); i++) {
			this.time.advanceTimeBy(Duration.ofSeconds(1));
		}
	}

	private EventHold hold(String user, String values) {
		List<EventHold> holds = new ArrayList<>();
		publisher(user, values).subscribe(holds::add);
		this.time.advanceTimeBy(Duration.ZERO);
		assertThat(holds).hasSize(1);
		return holds.get(0);
	}

	private Disposable subscribe(String user, String values, List<Throwable> refusals) {
		Disposable subscription = publisher(user, values).subscribe(null, refusals::add);
		this.time.advanceTimeBy(Duration.ZERO);
		return subscription;
	}

	private Mono<EventHold> publisher(String user, String values) {
		return this.publisher.hold(() -> user(user), "presence", json(values), this.ended::add);
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text);
	}

	private static RealtimeUser user(String name) {
		return new RealtimeUser(name, null, "user", Set.of(), Map.of(), Instant.MAX);
	}

	private SubscriptionEngine engine() {
		RealtimeAccessPolicy policy = RealtimeAccessPolicy.of("presence",
				(user) -> this.undecided ? Mono.error(new IllegalStateException("away")) : Mono.just(this.decision));
		return PublishingEngine.of(this.tables, policy);
	}

}
