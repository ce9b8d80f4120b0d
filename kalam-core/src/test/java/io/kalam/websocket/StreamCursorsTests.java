package io.kalam.websocket;

import io.kalam.protocol.Events;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Reset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An event has an id only where the stream can be taken up exactly behind it.
 */
class StreamCursorsTests {

	private static final String COMMIT = "26800712.k3vXq-9";

	private static final String MARKED = "26800800.k3vXq-9";

	private final StreamCursors cursors = new StreamCursors(false);

	@Test
	void withASnapshotThereIsNoneBeforeTheFirstMark() {
		assertThat(after(acknowledged(false, true))).isEqualTo(StreamCursors.NONE);
		assertThat(after(Events.batch("sse", 0, true, "{}"))).isNull();
		assertThat(after(commit(true))).as("rows of it may still be read").isNull();
		assertThat(after(mark(null))).as("that of the live chain").isNull();
		assertThat(after(Events.batch("sse", 1, false, "{}"))).isNull();
		assertThat(after(mark("sse"))).isEqualTo(MARKED);
		assertThat(after(commit(true))).isEqualTo(COMMIT);
		assertThat(after(mark(null))).isEqualTo(MARKED);
	}

	@Test
	void aStreamThatIsTakenUpHasOneFromItsFirstCommitOn() {
		assertThat(after(acknowledged(true, false))).isNull();
		assertThat(after(commit(true))).isEqualTo(COMMIT);
	}

	@Test
	void thereIsNoneWithinACommit() {
		after(acknowledged(true, false));
		assertThat(after(commit(false))).isNull();
		assertThat(after(commit(true))).isEqualTo(COMMIT);
	}

	@Test
	void aResetTakesItBackUntilTheNextMark() {
		after(acknowledged(true, false));
		after(commit(true));
		assertThat(after(new Reset("sse", Reset.Reason.SCHEMA, false))).isEqualTo(StreamCursors.NONE);
		assertThat(after(commit(true))).isNull();
		assertThat(after(acknowledged(false, true))).isEqualTo(StreamCursors.NONE);
		assertThat(after(mark(null))).isNull();
		assertThat(after(mark("sse"))).isEqualTo(MARKED);
	}

	@Test
	void aCursorExpiresWhereItIsNotContinued() {
		StreamCursors resuming = new StreamCursors(true);
		assertThat(resuming.isExpiredBy(commit(true))).isFalse();
		assertThat(resuming.isExpiredBy(acknowledged(true, false))).isFalse();
		assertThat(resuming.isExpiredBy(acknowledged(false, true))).isTrue();
		resuming.after(acknowledged(false, true));
		assertThat(resuming.isExpiredBy(acknowledged(false, true))).as("it is told once").isFalse();
		assertThat(this.cursors.isExpiredBy(acknowledged(false, true))).as("there was none").isFalse();
	}

	private @Nullable String after(SubscriptionEvent event) {
		return this.cursors.after(event);
	}

	private static SubscriptionEvent acknowledged(boolean resumed, boolean snapshot) {
		return Events.acknowledged("sse", resumed, snapshot);
	}

	private static SubscriptionEvent commit(boolean last) {
		return Events.transaction(null, Sequence.ZERO, last);
	}

	private static SubscriptionEvent mark(@Nullable String id) {
		return new Mark(id, new Sequence(26800800), Sequence.ZERO);
	}

}
