package io.kalam.websocket;

import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.kalam.access.RealtimeUser;
import io.kalam.operations.ClientEvents;
import io.kalam.pipeline.PipelineStatus;
import io.kalam.protocol.ClientMessageReader;
import io.kalam.subscription.SubscriptionSessions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.util.CustomizableThreadCreator;

/**
 * The sockets of this server. A few threads run all of them, and one looks every half
 * second for what has become due: a socket has no timer and no thread of its own.
 */
public final class RealtimeConnections implements AutoCloseable {

	private static final int SWEEP_MILLIS = 500;

	private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);

	private final ConnectionContext context;

	private final ExecutorService workers;

	private final ScheduledThreadPoolExecutor timer;

	private final Future<?> sweeping;

	private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

	private volatile Sinks.Empty<Void> drained = Sinks.empty();

	private volatile boolean draining;

	private volatile boolean standby;

	/**
	 * Makes a server ready for sockets.
	 * @param settings how sockets are kept
	 * @param sessions opens the sessions of authenticated clients
	 * @param events tells the events of clients
	 * @param authenticator finds out whose a token is
	 * @param clock the time of day
	 * @param listener is told what becomes of sockets
	 */
	public RealtimeConnections(WebSocketSettings settings, SubscriptionSessions sessions, ClientEvents events,
			RealtimeAuthenticator authenticator, Clock clock, ConnectionListener listener) {
		int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
		this.workers = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				threads("kalam-websocket-"), RealtimeConnections::runHere);
		this.timer = new ScheduledThreadPoolExecutor(1, threads("kalam-websocket-timer-"),
				new ThreadPoolExecutor.DiscardPolicy());
		this.timer.setRemoveOnCancelPolicy(true);
		this.context = new ConnectionContext(settings, sessions, events, authenticator, this.workers, clock,
				System::nanoTime, new Random(), listener);
		this.sweeping = this.timer.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS,
				TimeUnit.MILLISECONDS);
	}

	/**
	 * What comes after the close is the end of a socket, without which its session would
	 * be left: there are no threads for it any more.
	 */
	private static void runHere(Runnable task, ThreadPoolExecutor closed) {
		task.run();
	}

	private static ThreadFactory threads(String prefix) {
		CustomizableThreadCreator creator = new CustomizableThreadCreator(prefix);
		creator.setDaemon(true);
		return creator::createThread;
	}

	/**
	 * How many sockets are open.
	 * @return the number, authenticated or not
	 */
	public int count() {
		return this.connections.size();
	}

	/**
	 * Closes the sockets of a user, as if their token had expired: whoever has a new one
	 * may come back with it.
	 * @param user the user, as the token's claim says
	 * @return how many sockets it had
	 */
	public int disconnect(String user) {
		int sockets = this.context.users().count(user);
		this.connections.forEach((connection) -> connection.expel(user));
		return sockets;
	}

	/**
	 * Says that a request was refused.
	 */
	void refused(UpgradeRefusal reason) {
		this.context.listener().refused(reason);
	}

	/**
	 * Accepts sockets, as it does from the beginning, again after a {@link #drain drain}.
	 */
	public void open() {
		this.drained = Sinks.empty();
		this.draining = false;
	}

	/**
	 * Finds out whose a token is.
	 * @param token the token
	 * @return the user, or an error
	 */
	Mono<RealtimeUser> authenticate(String token) {
		return this.context.authenticator().authenticate(token).timeout(CHECK_TIMEOUT);
	}

	/**
	 * Says that somebody was not authenticated.
	 */
	void authenticationFailed(AuthenticationFailure reason) {
		this.context.listener().authenticationFailed(reason);
	}

	/**
	 * Whether sockets are accepted.
	 * @return {@code false} while the server stands by or stops
	 */
	public boolean isAccepting() {
		return !this.standby && !this.draining;
	}

	/**
	 * When a client should try again that is not accepted.
	 * @return a time by chance, a second at least
	 */
	Duration retryAfter() {
		return this.context.retryAfter().plusSeconds(1);
	}

	/**
	 * Follows what the pipeline does: from the moment at which another process reads the
	 * slot until changes are streamed again, no socket is accepted and none is sent an
	 * event of the history that this process holds.
	 * @param status what the pipeline does
	 */
	public void follow(PipelineStatus status) {
		switch (status.state()) {
			case STANDBY -> {
				this.standby = true;
				this.connections.forEach(Connection::dismiss);
			}
			case STREAMING, DEGRADED, IDLE -> this.standby = false;
			default -> {
			}
		}
	}

	/**
	 * Accepts no more sockets and sends away those that are there: each is marked, told
	 * when to come back, and closed.
	 * @param before what has to have ended before the sockets are marked, so that a mark
	 * is the last word of this process
	 * @return completes when all have gone, or when the time for it is up
	 */
	public Mono<Void> drain(Mono<Void> before) {
		return Mono.defer(() -> {
			this.draining = true;
			return before.onErrorComplete().then(Mono.defer(() -> {
				this.connections.forEach(Connection::drain);
				emitIfDrained();
				return this.drained.asMono().timeout(this.context.settings().timing().drain(), Mono.empty());
			}));
		});
	}

	/**
	 * Closes all sockets at once and ends all sessions. Idempotent.
	 */
	@Override
	public void close() {
		this.draining = true;
		this.sweeping.cancel(false);
		this.timer.shutdownNow();
		this.connections.forEach(Connection::abort);
		this.workers.shutdown();
	}

	/**
	 * Makes a connection that nothing happens to before it has been added.
	 */
	Connection create(Transport transport) {
		return new Connection(this.context, transport, this::gone);
	}

	void add(Connection connection) {
		this.connections.add(connection);
		if (!isAccepting()) {
			connection.dismiss();
		}
	}

	/**
	 * Runs something later, unless all sockets have been closed by then.
	 */
	Future<?> later(Duration delay, Runnable task) {
		return this.timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	ClientMessageReader reader() {
		return this.context.reader();
	}

	int maxMessageSize() {
		return this.context.settings().limits().messageSize();
	}

	private void gone(Connection connection) {
		this.connections.remove(connection);
		emitIfDrained();
	}

	private void emitIfDrained() {
		if (this.draining && this.connections.isEmpty()) {
			this.drained.tryEmitEmpty();
		}
	}

	private void sweep() {
		long now = this.context.nanoTime().getAsLong();
		this.connections.forEach((connection) -> connection.tick(now));
	}

}
