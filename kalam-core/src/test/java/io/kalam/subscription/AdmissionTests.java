package io.kalam.subscription;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.kalam.RealtimeTableType;
import io.kalam.access.AccessDecider;
import io.kalam.access.AccessDecision;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Lsn;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTables;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Reset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

class AdmissionTests {

	private static final Sequence HEAD = Sequence.of(new Generation(1), new Lsn(100));

	private static final RealtimeUser ANN = new RealtimeUser("ann", "user", Set.of(), Instant.MAX);

	private final LiveTable table = new ModelDatabase(new Random(1), RealtimeTableType.SHARED).table;

	private final List<MonoSink<AccessDecision>> asked = new ArrayList<>();

	private final LiveHub hub = new LiveHub();

	private SubscriptionEngine engine;

	private SubscriptionSession session;

	@BeforeEach
	void open() {
		RealtimeTables tables = new RealtimeTables();
		tables.replace(List.of(this.table));
		this.hub.start(HEAD);
		AccessDecider access = new AccessDecider(
				List.of(RealtimeAccessPolicy.of("items", (user) -> Mono.create(this.asked::add))), Duration.ofDays(1),
				Schedulers.immediate());
		this.engine = new SubscriptionEngine(tables, new LiveQueryParser(QueryLimits.DEFAULT), access, null,
				new MemoryJournal(1000, Duration.ofDays(1), Clock.systemUTC(), HEAD), this.hub,
				() -> new Epoch("epoch"), Mono.never(), Mono.empty(), SubscriptionEngine.NEVER);
		this.session = this.engine.open(ANN, new SessionSettings(true, 2, 1000), () -> {
		});
	}

	@Test
	void nothingIsToldBeforeItWasDecided() {
		subscribe("a");
		assertThat(poll()).isEmpty();
		answer(0, AccessDecision.all());
		assertThat(poll().get(0)).isInstanceOf(Acknowledged.class);
	}

	@Test
	void whatWaitsHasItsIdAndCounts() {
		subscribe("a");
		subscribe("a");
		subscribe("b");
		subscribe("c");
		assertThat(poll()).extracting((event) -> ((Failed) event).code())
			.containsExactly(ErrorCode.INVALID_SUBSCRIPTION_ID, ErrorCode.SUBSCRIPTION_LIMIT_EXCEEDED);
		assertThat(this.asked).hasSize(2);
	}

	@Test
	void whatIsNotWantedAnyMoreIsNotBegun() {
		subscribe("a");
		this.session.unsubscribe("a");
		answer(0, AccessDecision.all());
		assertThat(poll()).isEmpty();
		subscribe("a");
		answer(1, AccessDecision.none());
		assertThat(poll()).singleElement().matches((event) -> ((Failed) event).code() == ErrorCode.NOT_FOUND);
	}

	@Test
	void anAnswerThatWasOvertakenDoesNotCount() {
		subscribe("a");
		CompletableFuture<Void> done = this.engine.hub().sessions().reevaluate(ANN::equals).toFuture();
		answer(0, AccessDecision.all());
		assertThat(poll()).isEmpty();
		assertThat(done).isNotDone();
		CompletableFuture<Void> later = this.engine.hub().sessions().reevaluate(ANN::equals).toFuture();
		answer(1, AccessDecision.all());
		assertThat(done).isNotDone();
		answer(2, AccessDecision.none());
		assertThat(done).isCompleted();
		assertThat(later).isCompleted();
		assertThat(poll()).singleElement().isInstanceOf(Failed.class);
	}

	@Test
	void everySubscriptionIsAskedAboutAgain() {
		subscribe("a");
		subscribe("b");
		answer(0, AccessDecision.all());
		answer(1, AccessDecision.all());
		poll();
		CompletableFuture<Void> done = this.engine.hub().sessions().reevaluate(ANN::equals).toFuture();
		assertThat(this.asked).hasSize(4);
		answer(2, AccessDecision.none());
		assertThat(done).isNotDone();
		answer(3, AccessDecision.none());
		assertThat(done).isCompleted();
		assertThat(poll()).filteredOn(Failed.class::isInstance).hasSize(2);
	}

	@Test
	void whoeverWaitsIsToldWhenTheSessionCloses() {
		subscribe("a");
		CompletableFuture<Void> done = this.engine.hub().sessions().reevaluate(ANN::equals).toFuture();
		this.session.close();
		assertThat(done).isCompleted();
	}

	@Test
	void whatCouldNotBeDecidedAgainIsForgotten() {
		subscribe("a");
		answer(0, AccessDecision.all());
		poll();
		this.session.reauthorize(ANN);
		this.asked.get(1).error(new IllegalStateException("no answer"));
		assertThat(poll()).containsExactly(new Reset("a", Reset.Reason.POLICY, true),
				SubscriptionFailure.undecided(null).of("a"));
		assertThat(this.engine.hub().sessionStatuses().get(0).subscriptions()).isEmpty();
	}

	@Test
	void nothingIsToldOfARevocationThatNobodyWaitsFor() {
		subscribe("a");
		answer(0, AccessDecision.all());
		poll();
		this.session.reauthorize(ANN);
		this.asked.get(1).error(new IllegalStateException("no answer"));
		this.session.unsubscribe("a");
		assertThat(poll()).isEmpty();
	}

	private void answer(int question, AccessDecision decision) {
		this.asked.get(question).success(decision);
	}

	private void subscribe(String id) {
		this.session.subscribe(
				new SubscribeRequest(id, "SELECT * FROM items", List.of(), false, 10, 0, null, null, false, false));
	}

	private List<SubscriptionEvent> poll() {
		List<SubscriptionEvent> events = new ArrayList<>();
		for (SubscriptionEvent event = this.session.poll(); event != null; event = this.session.poll()) {
			events.add(event);
		}
		return events;
	}

}
