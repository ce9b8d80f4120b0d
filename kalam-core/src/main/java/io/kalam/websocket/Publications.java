package io.kalam.websocket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.kalam.access.RealtimeUser;
import io.kalam.operations.EventHold;
import io.kalam.operations.PublishRefusedException;
import io.kalam.protocol.ClientMessage;
import io.kalam.protocol.ProtocolError;
import io.kalam.subscription.ErrorCode;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * The events that a client tells, one after the other in the order in which they came,
 * and those that it holds. Used by one thread at a time, the connection's.
 */
final class Publications {

	private static final int MOST = 64;

	private final ConnectionContext context;

	private final Connection connection;

	private final Deque<Publication> waiting = new ArrayDeque<>(1);

	private final Map<String, EventHold> holds = new HashMap<>();

	private Disposable current = Disposables.disposed();

	private boolean telling;

	private boolean ended;

	Publications(ConnectionContext context, Connection connection) {
		this.context = context;
		this.connection = connection;
	}

	/**
	 * Tells an event behind those that wait.
	 * @param user who tells it, by then
	 * @param event the event
	 */
	void publish(Supplier<RealtimeUser> user, ClientMessage.Publish event) {
		String id = event.id();
		if (event.fate() == ClientMessage.Fate.HELD && id != null) {
			add(new Publication(id, hold(user, event, id)));
		}
		else {
			add(new Publication(id,
					this.context.events()
						.publish(user.get(), event.table(), event.row(), event.fate() == ClientMessage.Fate.REMOVED)
						.thenReturn(() -> published(id))));
		}
	}

	private Mono<Runnable> hold(Supplier<RealtimeUser> user, ClientMessage.Publish event, String id) {
		return Mono.defer(() -> {
			if (this.holds.size() >= MOST && !this.holds.containsKey(id)) {
				return Mono.error(new PublishRefusedException(ErrorCode.SUBSCRIPTION_LIMIT_EXCEEDED,
						"A socket can hold %d events at most: release one of the others.".formatted(MOST)));
			}
			return this.context.events()
				.hold(user, event.table(), event.row(), (ex) -> this.connection.execute(() -> revoked(id, ex)))
				.map((hold) -> () -> held(id, hold));
		});
	}

	/**
	 * Holds an event no longer, behind those that wait.
	 * @param id what the event is called; one that is not held is released already
	 */
	void release(String id) {
		add(new Publication(id, Mono.defer(() -> {
			EventHold hold = this.holds.remove(id);
			return ((hold != null) ? hold.release() : Mono.<Void>empty())
				.thenReturn(() -> send(this.context.frames().released(id)));
		})));
	}

	private void add(Publication publication) {
		if (this.waiting.size() >= MOST) {
			this.context.listener().publishRefused(PublishRefusal.TOO_MANY_WAITING);
			send(this.context.frames()
				.publishError(ProtocolError.RATE_LIMIT_EXCEEDED, publication.id(),
						"Too many events wait to be told; wait for 'published' before the next"));
			return;
		}
		this.waiting.add(publication);
		next();
	}

	private void next() {
		Publication publication = this.telling ? null : this.waiting.poll();
		if (publication == null) {
			return;
		}
		this.telling = true;
		this.current = publication.work()
			.subscribe((result) -> this.connection.execute(() -> done(result)),
					(ex) -> this.connection.execute(() -> done(() -> failed(publication.id(), ex))));
	}

	private void done(Runnable result) {
		result.run();
		this.telling = false;
		next();
	}

	private void published(@Nullable String id) {
		if (id != null) {
			send(this.context.frames().published(id));
		}
	}

	private void held(String id, EventHold hold) {
		if (this.ended) {
			hold.lose();
			return;
		}
		EventHold before = this.holds.put(id, hold);
		if (before != null) {
			before.release();
		}
		published(id);
	}

	/**
	 * The user may tell an event no longer that is held.
	 */
	private void revoked(String id, PublishRefusedException ex) {
		EventHold hold = this.holds.remove(id);
		if (hold != null) {
			hold.release();
			failed(id, ex);
		}
	}

	private void failed(@Nullable String id, Throwable ex) {
		if (ex instanceof PublishRefusedException refused) {
			this.context.listener().publishRefused(PublishRefusal.of(refused.code()));
			send(this.context.frames().publishError(refused.code(), id, String.valueOf(ex.getMessage())));
		}
		else {
			this.context.listener().publishRefused(PublishRefusal.FAILED);
			send(this.context.frames()
				.publishError(ErrorCode.SUBSCRIPTION_FAILED, id, this.context.report(ex) + " Try again."));
		}
	}

	private void send(byte[] frame) {
		this.connection.send(OutboundFrame.text(frame));
	}

	/**
	 * Forgets what waits, and leaves what is held to its time of grace. What is being
	 * written may be told all the same. Idempotent.
	 */
	void end() {
		this.ended = true;
		this.waiting.clear();
		this.current.dispose();
		this.holds.values().forEach(EventHold::lose);
		this.holds.clear();
	}

	private record Publication(@Nullable String id, Mono<Runnable> work) {

	}

}
