package io.kalam.snapshot.r2dbc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.kalam.catalog.TableName;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.TableChangedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

class FlightTests {

	private static final TableChangedException CHANGED = new TableChangedException(new TableName("public", "notes"));

	private final List<String> errors = new CopyOnWriteArrayList<>();

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
				FlightTests.this.errors.add(event.getFormattedMessage());
			}
		}

	};

	private final List<CoreSubscriber<? super Moment>> reads = new ArrayList<>();

	@TempDir
	private Path directory;

	@BeforeEach
	void listen() {
		this.appender.start();
		root().addAppender(this.appender);
	}

	@AfterEach
	void stopListening() {
		root().detachAppender(this.appender);
	}

	private static Logger root() {
		return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

	/**
	 * A connection is cleaned up before the error is handed on, and the subscriber may
	 * cancel in between.
	 */
	@Test
	void anErrorOfAReadThatWasCancelledIsNoNoise() {
		Flight flight = flight();
		BaseSubscriber<Snapshot> subscriber = subscribe(Mono.create(flight::join));
		subscriber.cancel();
		this.reads.get(0).onError(CHANGED);
		assertThat(this.errors).isEmpty();
	}

	private static BaseSubscriber<Snapshot> subscribe(Mono<Snapshot> snapshot) {
		BaseSubscriber<Snapshot> subscriber = new BaseSubscriber<>() {
		};
		snapshot.subscribe(subscriber);
		return subscriber;
	}

	private Flight flight() {
		return new Flight(new Spool(1000, this.directory), new LateFlux(), Schedulers.immediate(), (flight) -> {
		}, () -> {
		});
	}

	/**
	 * Does not heed a cancellation.
	 */
	private final class LateFlux extends Flux<Moment> {

		@Override
		public void subscribe(CoreSubscriber<? super Moment> subscriber) {
			subscriber.onSubscribe(Operators.emptySubscription());
			FlightTests.this.reads.add(subscriber);
		}

	}

}
