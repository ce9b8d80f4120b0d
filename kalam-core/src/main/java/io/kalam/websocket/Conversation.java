package io.kalam.websocket;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.kalam.access.RealtimeUser;
import io.kalam.protocol.ClientMessage;
import io.kalam.protocol.EventFrames;
import io.kalam.subscription.SessionSettings;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionSession;
import org.jspecify.annotations.Nullable;

/**
 * The session of an authenticated client. It is opened by the first subscription: until
 * then the client can still say what it understands. Used by one thread at a time.
 */
final class Conversation {

	private static final long NOTHING = Long.MIN_VALUE;

	private final ConnectionContext context;

	private final Runnable available;

	private final Telling telling;

	private volatile RealtimeUser user;

	private boolean transactions;

	private long markAt;

	/**
	 * When the first of what was polled was committed, in microseconds, or
	 * {@link #NOTHING}.
	 */
	private long polled = NOTHING;

	private @Nullable SubscriptionSession session;

	private @Nullable EventFrames frames;

	Conversation(ConnectionContext context, RealtimeUser user, Telling telling, long now, Runnable available) {
		this.context = context;
		this.user = user;
		this.telling = telling;
		this.available = available;
		postponeMark(now);
	}

	/**
	 * Who the client is. May be asked by any thread.
	 */
	RealtimeUser user() {
		return this.user;
	}

	boolean transactions() {
		return this.transactions;
	}

	/**
	 * How long the user's token is still good.
	 * @return nanoseconds
	 */
	long untilExpiry() {
		Instant end = this.user.expiresAt().plus(this.context.settings().timing().clockSkew());
		return TimeUnit.MILLISECONDS.toNanos(Duration.between(Instant.now(this.context.clock()), end).toMillis());
	}

	void negotiate(@Nullable Boolean transactions) {
		if (this.session == null && transactions != null) {
			this.transactions = transactions;
		}
	}

	void reauthorize(RealtimeUser user) {
		this.user = user;
		if (this.session != null) {
			this.session.reauthorize(user);
		}
	}

	/**
	 * Does what the client asks for.
	 * @param message a message about subscriptions; others are ignored
	 */
	void request(ClientMessage message) {
		if (message instanceof ClientMessage.Subscribe subscribe) {
			open().subscribe(subscribe.request());
		}
		else if (this.session != null && message instanceof ClientMessage.Unsubscribe unsubscribe) {
			this.session.unsubscribe(unsubscribe.id());
			if (this.frames != null) {
				this.frames.unsubscribed(unsubscribe.id());
			}
		}
		else if (this.session != null && message instanceof ClientMessage.NextBatch nextBatch) {
			this.session.nextBatch(nextBatch.id());
		}
	}

	private SubscriptionSession open() {
		if (this.session == null) {
			WebSocketSettings.Limits limits = this.context.settings().limits();
			SessionSettings settings = new SessionSettings(this.transactions, limits.subscriptions(),
					limits.outboundBuffer());
			this.frames = new EventFrames(this.transactions, this.context.clock(), this.context.shared());
			this.session = this.context.sessions().open(this.user, settings, this.available);
		}
		return this.session;
	}

	void mark() {
		if (this.session != null) {
			this.session.mark();
		}
	}

	/**
	 * Asks for a mark if nothing has advanced the live chain for long enough.
	 * @param now the time
	 */
	void markIfDue(long now) {
		if (now - this.markAt >= 0) {
			postponeMark(now);
			mark();
		}
	}

	long markAt() {
		return this.markAt;
	}

	private void postponeMark(long now) {
		this.markAt = now + this.context.settings().timing().mark().toNanos();
	}

	/**
	 * Writes events until there are none or enough bytes.
	 * @param chunk takes the frames
	 * @param bytes how many bytes are enough
	 * @param now the time
	 * @param memory whether nothing but memory may be read
	 * @return whether no event is left, as far as may be read
	 */
	boolean poll(List<OutboundFrame> chunk, int bytes, long now, boolean memory) {
		int size = sizeOf(chunk, 0);
		while (size < bytes) {
			SubscriptionEvent event = next(memory);
			if (event == null || this.frames == null) {
				return true;
			}
			int before = chunk.size();
			this.telling.tell(event, this.frames, chunk);
			size += sizeOf(chunk, before);
			if (isLive(event)) {
				postponeMark(now);
				note(event);
			}
		}
		return false;
	}

	private @Nullable SubscriptionEvent next(boolean memory) {
		if (this.session == null) {
			return null;
		}
		return memory ? this.session.pollMemory() : this.session.poll();
	}

	/**
	 * Whether events need nothing but memory, as far as can be told.
	 */
	boolean isInMemory() {
		return this.session != null && this.session.isInMemory();
	}

	private void note(SubscriptionEvent event) {
		if (this.polled == NOTHING && event instanceof SubscriptionEvent.Transaction transaction) {
			Instant time = transaction.commitTime();
			this.polled = TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + time.getNano() / 1000;
		}
	}

	/**
	 * What was polled last has been written.
	 */
	void written() {
		if (this.polled != NOTHING) {
			this.context.listener().delivered(Instant.EPOCH.plus(this.polled, ChronoUnit.MICROS));
			this.polled = NOTHING;
		}
	}

	private static int sizeOf(List<OutboundFrame> frames, int from) {
		int size = 0;
		for (int i = from; i < frames.size(); i++) {
			size += frames.get(i).payload().length;
		}
		return size;
	}

	private static boolean isLive(SubscriptionEvent event) {
		if (event instanceof SubscriptionEvent.Transaction transaction) {
			return transaction.id() == null;
		}
		return event instanceof SubscriptionEvent.Mark mark && mark.id() == null;
	}

	void close() {
		if (this.session != null) {
			this.session.close();
			this.session = null;
		}
	}

}
