package io.kalam.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.ServerState;
import io.kalam.sequence.Identity;
import io.kalam.sequence.IdentityChangedException;
import io.kalam.sequence.IdentityStore;
import io.kalam.sequence.SlotReader;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several processes and one slot.
 */
class StandbyIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final List<TestEngine> engines = new ArrayList<>();

	private TestEngine first;

	private List<PipelineState> states;

	@BeforeEach
	void start() {
		TestPostgres.execute(this.postgres, "CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text)",
				"ALTER TABLE notes REPLICA IDENTITY FULL");
		this.log.list = new CopyOnWriteArrayList<>();
		this.log.start();
		((Logger) LoggerFactory.getLogger(Standby.class)).addAppender(this.log);
		this.first = engine();
		this.states = states(this.first);
		this.first.start();
	}

	@AfterEach
	void stop() {
		this.engines.forEach(TestEngine::close);
		((Logger) LoggerFactory.getLogger(Standby.class)).detachAppender(this.log);
		TestPostgres.execute(this.postgres, "SELECT pg_drop_replication_slot('" + this.first.slot() + "')");
	}

	@Test
	void theSecondStandsByAndTakesOverWhenTheFirstHasStopped() {
		TestEngine second = engine();
		second.pipeline().start();
		second.awaitState(PipelineState.STANDBY);
		assertThat(second.pipeline().status().detail()).contains("kalam.postgres.slot");
		this.first.settle();
		this.first.settle();
		assertThat(second.pipeline().status().state()).isEqualTo(PipelineState.STANDBY);
		this.first.stop();
		second.awaitState(PipelineState.STREAMING);
		assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
			.satisfiesExactly((begins) -> assertThat(begins).contains("stands by"),
					(takesOver) -> assertThat(takesOver).startsWith("Taking over the slot " + this.first.slot()));
		TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (1, 'alice', 'to the second')");
		second.settle();
	}

	@Test
	void oneOfManyTakesOverAndTheOthersGoOnWaiting() {
		List<TestEngine> others = List.of(engine(), engine(), engine());
		others.forEach((other) -> other.pipeline().start());
		others.forEach((other) -> other.awaitState(PipelineState.STANDBY));
		this.first.stop();
		Awaitility.await().atMost(PATIENCE).until(() -> count(others, PipelineState.STREAMING) == 1);
		Awaitility.await().atMost(PATIENCE).until(() -> count(others, PipelineState.STANDBY) == 2);
		TestEngine reader = others.stream()
			.filter((other) -> other.pipeline().status().state() == PipelineState.STREAMING)
			.findFirst()
			.orElseThrow();
		reader.settle();
		reader.settle();
		assertThat(count(others, PipelineState.STREAMING)).isEqualTo(1);
	}

	/**
	 * As if the first had been paused: its beat finds another reader recorded.
	 */
	@Test
	void aReaderThatWasReplacedAcknowledgesNothingMoreAndReleasesTheSlot() {
		this.first.settle();
		try (IdentityStore other = new IdentityStore(this.postgres, this.first.slot())) {
			Lsn acknowledged = take(other).acknowledged();
			this.first.awaitState(PipelineState.STANDBY);
			assertThat(Lsn.parse(TestPostgres.value(this.postgres,
					"SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + this.first.slot()
							+ "'")))
				.isLessThanOrEqualTo(acknowledged);
		}
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.states).endsWith(PipelineState.STREAMING, PipelineState.STANDBY,
					PipelineState.STARTING, PipelineState.STREAMING));
		this.first.settle();
	}

	@Test
	void aReaderIsReplacedWhenItHasGivenNoSignOfLifeForAWhile() throws InterruptedException {
		this.first.stop();
		AtomicLong time = new AtomicLong();
		Semaphore looks = new Semaphore(0);
		StatusBoard board = new StatusBoard(Clock.systemUTC());
		try (IdentityStore other = new IdentityStore(this.postgres, this.first.slot());
				IdentityStore own = new IdentityStore(this.postgres, this.first.slot())) {
			Identity known = take(other);
			ServerState server = own.look().server();
			Standby standby = new Standby(this.first.slot(), own, this.first.journal(), board, new Signal(), () -> {
				looks.release();
				return time.get();
			});
			CompletableFuture<SlotReader> waited = CompletableFuture.supplyAsync(() -> await(standby, server));
			for (int sign = 0; sign < 3; sign++) {
				known = other.beat(known, known.acknowledged()).identity();
				awaitLooks(looks);
				time.addAndGet(Duration.ofMillis(2900).toNanos());
				awaitLooks(looks);
				assertThat(waited).isNotDone();
			}
			time.addAndGet(Duration.ofMillis(200).toNanos());
			assertThat(waited.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join().heartbeat())
				.isEqualTo(known.heartbeat());
			other.release();
			assertThat(await(standby, server).holder()).as("one that has said it is gone is not waited for").isNull();
		}
	}

	/**
	 * Waits for a whole look: one may have been under way.
	 */
	private static void awaitLooks(Semaphore looks) throws InterruptedException {
		looks.drainPermits();
		assertThat(looks.tryAcquire(2, PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	private static SlotReader await(Standby standby, ServerState server) {
		try {
			return standby.await(server);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Identity take(IdentityStore other) {
		AtomicReference<Identity> taken = new AtomicReference<>();
		Awaitility.await()
			.atMost(PATIENCE)
			.ignoreException(IdentityChangedException.class)
			.until(() -> taken.compareAndSet(null, other.take(other.look().identity())));
		return taken.get();
	}

	private TestEngine engine() {
		TestEngine engine = new TestEngine(this.postgres, TestEngine.owned("notes", "owner"));
		this.engines.add(engine);
		return engine;
	}

	private static List<PipelineState> states(TestEngine engine) {
		List<PipelineState> states = new CopyOnWriteArrayList<>();
		engine.pipeline().listen((status) -> states.add(status.state()));
		return states;
	}

	private static long count(List<TestEngine> engines, PipelineState state) {
		return engines.stream().filter((engine) -> engine.pipeline().status().state() == state).count();
	}

}
