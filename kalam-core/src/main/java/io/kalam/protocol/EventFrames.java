package io.kalam.protocol;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;

import io.kalam.subscription.SubscriptionEvent;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of one session into frames, in the form that its client understands.
 * Rows are spliced in as they are. Used by one thread at a time.
 */
public final class EventFrames {

	private static final DateTimeFormatter MILLIS = ServerFrames.instants(3);

	private final Clock clock;

	private final SharedFrames shared;

	private final @Nullable ChangeFrames changes;

	/**
	 * Frames for one session.
	 * @param transactions whether the client understands whole transactions
	 * @param clock the clock for marks
	 * @param shared the frames that it may share with others
	 */
	public EventFrames(boolean transactions, Clock clock, SharedFrames shared) {
		this.changes = transactions ? null : new ChangeFrames();
		this.clock = clock;
		this.shared = shared;
	}

	/**
	 * Writes an event.
	 * @param event the event
	 * @param out takes the frames, in order; none for an event that the client would not
	 * understand
	 */
	public void write(SubscriptionEvent event, Consumer<byte[]> out) {
		if (event instanceof SubscriptionEvent.Transaction transaction) {
			writeTransaction(transaction, out);
		}
		else if (event instanceof SubscriptionEvent.Batch batch) {
			out.accept(SnapshotFrames.batch(batch));
		}
		else if (event instanceof SubscriptionEvent.Acknowledged acknowledged) {
			out.accept(SnapshotFrames.acknowledged(acknowledged));
		}
		else if (event instanceof SubscriptionEvent.Failed failed) {
			unsubscribed(failed.id());
			out.accept(ServerFrames.error(failed.code().name(), failed.id(), failed.message()));
		}
		else if (this.changes == null && event instanceof SubscriptionEvent.Mark mark) {
			out.accept(mark(mark));
		}
		else if (this.changes == null && event instanceof SubscriptionEvent.Reset reset) {
			out.accept(reset(reset));
		}
	}

	/**
	 * Forgets a subscription of which the client wants to hear no more.
	 * @param id the subscription
	 */
	public void unsubscribed(String id) {
		if (this.changes != null) {
			this.changes.forget(id);
		}
	}

	private void writeTransaction(SubscriptionEvent.Transaction transaction, Consumer<byte[]> out) {
		if (this.changes == null) {
			out.accept(this.shared.transaction(transaction));
		}
		else {
			this.changes.write(transaction, out);
		}
	}

	private byte[] mark(SubscriptionEvent.Mark mark) {
		JsonBytes out = new JsonBytes(160).raw("{\"type\":\"mark\"");
		if (mark.id() != null) {
			out.raw(",\"subscription_id\":").string(mark.id());
		}
		out.raw(",\"seq\":").string(mark.sequence().toString()).raw(",\"prev\":").stringOrNull(mark.previous());
		if (mark.id() == null) {
			out.raw(",\"server_time\":").string(MILLIS.format(Instant.now(this.clock)));
		}
		return out.raw("}").toByteArray();
	}

	private static byte[] reset(SubscriptionEvent.Reset reset) {
		return new JsonBytes(128).raw("{\"type\":\"reset\",\"subscription_id\":")
			.string(reset.id())
			.raw(",\"reason\":")
			.string(reset.reason().name().toLowerCase(Locale.ROOT))
			.raw(",\"purge\":")
			.raw(Boolean.toString(reset.purge()))
			.raw("}")
			.toByteArray();
	}

}
