package io.kalam.websocket;

import java.util.ArrayDeque;
import java.util.Deque;

import io.kalam.access.RealtimeUser;
import io.kalam.operations.PublishRefusedException;
import io.kalam.protocol.ClientMessage;
import io.kalam.protocol.ProtocolError;
import io.kalam.subscription.ErrorCode;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * The events that a client tells: one after the other, in the order in which they came.
 * Used by one thread at a time, the connection's.
 */
final class Publications {

	private static final int MOST = 64;

	private final ConnectionContext context;

	private final Connection connection;

	private final Deque<Publication> waiting = new ArrayDeque<>();

	private Disposable current = Disposables.disposed();

	private boolean telling;

	Publications(ConnectionContext context, Connection connection) {
		this.context = context;
		this.connection = connection;
	}

	/**
	 * Tells an event behind those that wait.
	 * @param user who tells it
	 * @param event the event
	 */
	void publish(RealtimeUser user, ClientMessage.Publish event) {
		if (this.waiting.size() >= MOST) {
			send(this.context.frames()
				.publishError(ProtocolError.RATE_LIMIT_EXCEEDED, event.id(),
						"Too many events wait to be told; wait for 'published' before the next"));
			return;
		}
		this.waiting.add(new Publication(user, event));
		next();
	}

	private void next() {
		Publication publication = this.telling ? null : this.waiting.poll();
		if (publication == null) {
			return;
		}
		this.telling = true;
		ClientMessage.Publish event = publication.event();
		this.current = this.context.events()
			.publish(publication.user(), event.table(), event.row(), event.remove())
			.subscribe((nothing) -> {
			}, (ex) -> this.connection.execute(() -> failed(event.id(), ex)),
					() -> this.connection.execute(() -> told(event.id())));
	}

	private void told(@Nullable String id) {
		if (id != null) {
			send(this.context.frames().published(id));
		}
		goOn();
	}

	private void failed(@Nullable String id, Throwable ex) {
		if (ex instanceof PublishRefusedException refused) {
			send(this.context.frames().publishError(refused.code(), id, String.valueOf(ex.getMessage())));
		}
		else {
			send(this.context.frames()
				.publishError(ErrorCode.SUBSCRIPTION_FAILED, id, this.context.report(ex) + " Try again."));
		}
		goOn();
	}

	private void goOn() {
		this.telling = false;
		next();
	}

	private void send(byte[] frame) {
		this.connection.send(OutboundFrame.text(frame));
	}

	/**
	 * Forgets what waits. What is being written may be told all the same. Idempotent.
	 */
	void end() {
		this.waiting.clear();
		this.current.dispose();
	}

	private record Publication(RealtimeUser user, ClientMessage.Publish event) {

	}

}
