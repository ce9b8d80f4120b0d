package io.kalam.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.event.EventStore;
import io.kalam.event.TestStreams;
import io.kalam.partition.RealtimeTables;
import io.kalam.sequence.Sequence;
import io.kalam.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

class EventTimerTests {

	private static final Duration TTL = Duration.ofSeconds(10);

	private static final TableName NAME = new TableName("public", "signals");

	private final TestClock clock = new TestClock();

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final RealtimeTables tables = new RealtimeTables();

	private final List<MonoSink<Lsn>> beats = new ArrayList<>();

	private long head = 10;

	private final EventStore store = new EventStore(this.tables, this.clock, () -> new Sequence(this.head));

	private final EventTimer timer = new EventTimer(this.store, Mono.create(this.beats::add), this.scheduler);

	@BeforeEach
	void start() {
		this.tables.replace(List
			.of(TestStreams.table(TestStreams.define(Signal.class, NAME.name(), List.of("name"), null, TTL, 10))));
		this.store.listen(this.timer::set);
		this.timer.start();
	}

	@Test
	void hasTheHeartBeatWhenAnEventIsToEndAndNotBefore() {
		put("a");
		pass(TTL.minusMillis(1));
		assertThat(this.beats).isEmpty();
		pass(Duration.ofMillis(1));
		assertThat(this.beats).hasSize(1);
		expire();
		this.beats.get(0).success(new Lsn(this.head));
		pass(Duration.ofHours(1));
		assertThat(this.beats).hasSize(1);
	}

	@Test
	void asksAgainWhileTheBeatHasNotComeBackWithTheStreamButNotAllTheTime() {
		put("a");
		pass(TTL);
		this.beats.get(0).success(new Lsn(1));
		pass(Duration.ofMillis(249));
		assertThat(this.beats).hasSize(1);
		pass(Duration.ofMillis(1));
		assertThat(this.beats).hasSize(2);
		this.beats.get(1).error(new IllegalStateException("the database is away"));
		pass(Duration.ofMillis(999));
		assertThat(this.beats).hasSize(2);
		pass(Duration.ofMillis(1));
		assertThat(this.beats).hasSize(3);
	}

	@Test
	void needsNoBeatWhereSomethingWasCommitted() {
		put("a");
		pass(TTL.minusMillis(1));
		put("a");
		pass(Duration.ofSeconds(1));
		assertThat(this.beats).isEmpty();
		pass(TTL);
		assertThat(this.beats).hasSize(1);
	}

	@Test
	void doesNothingBeforeTheStartAndAfterTheStop() {
		this.timer.stop();
		put("a");
		pass(TTL);
		assertThat(this.beats).isEmpty();
		this.timer.start();
		pass(Duration.ZERO);
		assertThat(this.beats).hasSize(1);
	}

	private void put(String name) {
		byte[] content = ("{\"put\":{\"name\":\"" + name + "\"}}").getBytes(StandardCharsets.UTF_8);
		this.store.apply(new CommittedTransaction(new Lsn(this.head + 1), 7, this.clock.instant(),
				List.of(new Change.Message(NAME, content))), (transaction) -> this.head++);
	}

	private void expire() {
		this.store.expire(new Lsn(this.head + 1), (transaction) -> this.head++);
	}

	private void pass(Duration time) {
		this.clock.advance(time);
		this.scheduler.advanceTimeBy(time);
	}

	record Signal(String name) {
	}

}
