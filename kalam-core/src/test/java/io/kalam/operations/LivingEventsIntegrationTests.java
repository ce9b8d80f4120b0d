package io.kalam.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.kalam.operations.RealtimeEvent.Deleted;
import io.kalam.operations.RealtimeEvent.Inserted;
import io.kalam.operations.RealtimeEvent.Position;
import io.kalam.operations.RealtimeEvent.Reset;
import io.kalam.operations.RealtimeEvent.SnapshotEnd;
import io.kalam.operations.RealtimeEvent.Updated;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events of streams on a real database live for their time, and are read and resumed
 * while they do.
 */
class LivingEventsIntegrationTests extends LiveEvents {

	@Test
	void takeThePlaceOfOnesWithTheSameKeyAndCanBeTakenBack() {
		try (StreamProbe<RealtimeEvent<Typing>> bob = following("bob")) {
			Typing first = typing("bob", "kitchen");
			emit(first, first.counting(2));
			this.operations.retract(first).block();
			this.operations.retract(first).block();
			emit(first.counting(3));
			List<RealtimeEvent<Typing>> told = bob.take(4, Position.class);
			assertThat(((Updated<Typing>) told.get(1)).row().count()).isEqualTo(2);
			assertThat(((Updated<Typing>) told.get(1)).old().count()).isEqualTo(1);
			assertThat(((Deleted<Typing>) told.get(2)).old().count()).isEqualTo(2);
			assertThat(((Inserted<Typing>) told.get(3)).row().count()).isEqualTo(3);
		}
	}

	@Test
	void goWhenTheirTimeIsOverInTheOrderOfTime() {
		try (StreamProbe<RealtimeEvent<Blink>> blinks = StreamProbe
			.of(this.operations.live(Blink.class, RealtimeOptions.owner("bob"), SHORT_LIVED))) {
			assertThat(blinks.next()).isEqualTo(new SnapshotEnd<>());
			Instant begun = Instant.now();
			emit(new Blink("bob", "a", "ann"), new Blink("bob", "b", "ann"));
			List<RealtimeEvent<Blink>> told = blinks.take(4, Position.class);
			assertThat(Duration.between(begun, Instant.now())).isGreaterThan(SHORT.minusMillis(500));
			assertThat(told.subList(2, 4)).extracting((event) -> ((Deleted<Blink>) event).old().room())
				.containsExactly("a", "b");
		}
		assertThat(living(Blink.class, SHORT_LIVED)).isEmpty();
	}

	@Test
	void areReadWhileTheyLive() {
		emit(typing("bob", "a"), typing("bob", "b").counting(5), typing("ann", "z"), typing("bob", "c"),
				typing("bob", "a").counting(9));
		this.engine.settle();
		assertThat(living(Typing.class, TYPINGS)).extracting(Typing::room).containsExactly("b", "c", "a");
		assertThat(living(Typing.class, TYPINGS + " WHERE count > 1")).extracting(Typing::room)
			.containsExactly("b", "a");
		assertThat(living(Typing.class, TYPINGS + " ORDER BY count DESC LIMIT 2")).extracting(Typing::room)
			.containsExactly("a", "b");
	}

	@Test
	void makeRoomForNewerOnesOfTheirOwner() {
		try (StreamProbe<RealtimeEvent<Typing>> bob = following("bob")) {
			emit(typing("ann", "x"), typing("bob", "a"), typing("bob", "b"), typing("bob", "c"), typing("bob", "d"));
			List<RealtimeEvent<Typing>> told = bob.take(5, Position.class);
			assertThat(told.get(3)).isInstanceOf(Inserted.class);
			assertThat(((Deleted<Typing>) told.get(4)).old().room()).isEqualTo("a");
		}
	}

	@Test
	void areResumedByTheProcessThatToldThemAndByNoOther() {
		RealtimeCursor cursor;
		try (StreamProbe<RealtimeEvent<Typing>> bob = following("bob")) {
			emit(typing("bob", "a"), typing("bob", "b"));
			bob.take(2, Position.class);
			cursor = ((Position<Typing>) bob.until(Position.class)).cursor();
		}
		emit(typing("bob", "c"));
		this.operations.retract(typing("bob", "a")).block();
		RealtimeOptions resumed = RealtimeOptions.owner("bob").from(cursor);
		try (StreamProbe<RealtimeEvent<Typing>> bob = StreamProbe.of(this.operations.changes(Typing.class, resumed))) {
			assertThat(bob.take(2, Position.class).get(1)).isInstanceOf(Deleted.class);
		}
		stop();
		start();
		assertThat(StreamProbe.of(this.operations.changes(Typing.class, resumed)).end())
			.isInstanceOf(CursorExpiredException.class);
		try (StreamProbe<RealtimeEvent<Typing>> bob = StreamProbe
			.of(this.operations.changes(Typing.class, RealtimeOptions.owner("bob").fromOrSnapshot(cursor)))) {
			assertThat(bob.next()).isInstanceOf(Reset.class);
		}
	}

	@Test
	void surviveThatTheDatabaseIsAway() {
		emit(typing("bob", "a"));
		this.engine.settle();
		this.engine.stop();
		emit(typing("bob", "b"));
		this.engine.start();
		this.engine.settle();
		assertThat(living(Typing.class, TYPINGS)).extracting(Typing::room).containsExactly("a", "b");
	}

}
