package io.kalam.websocket;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.kalam.operations.ClientEvents;
import io.kalam.protocol.ClientMessageReader;
import io.kalam.protocol.ServerFrames;
import io.kalam.protocol.SharedFrames;
import io.kalam.subscription.SubscriptionSessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all connections share.
 *
 * @param settings how sockets are kept
 * @param sessions opens the sessions
 * @param events tells the events of clients
 * @param authenticator makes users of tokens
 * @param users who has how many sockets
 * @param executor runs the connections
 * @param clock the time of day, for tokens and for what clients are told
 * @param nanoTime time that only passes, for everything else
 * @param random chance
 * @param reader reads messages
 * @param frames writes frames
 * @param shared the frames of events that sockets share
 * @param listener is told what becomes of sockets
 */
record ConnectionContext(WebSocketSettings settings, SubscriptionSessions sessions, ClientEvents events,
		RealtimeAuthenticator authenticator, ConnectedUsers users, Executor executor, Clock clock,
		LongSupplier nanoTime, RandomGenerator random, ClientMessageReader reader, ServerFrames frames,
		SharedFrames shared, ConnectionListener listener) {

	private static final Logger logger = LoggerFactory.getLogger(Connection.class);

	ConnectionContext(WebSocketSettings settings, SubscriptionSessions sessions, ClientEvents events,
			RealtimeAuthenticator authenticator, Executor executor, Clock clock, LongSupplier nanoTime,
			RandomGenerator random, ConnectionListener listener) {
		this(settings, sessions, events, authenticator, new ConnectedUsers(settings.limits().connectionsPerUser()),
				executor, clock, nanoTime, random, new ClientMessageReader(settings.limits().messageSize()),
				new ServerFrames(clock), new SharedFrames(), listener);
	}

	/**
	 * When a client should come back that is sent away: not all at once.
	 * @return a time by chance
	 */
	Duration retryAfter() {
		return Duration.ofMillis(this.random.nextLong(this.settings.timing().reconnect().toMillis() + 1));
	}

	/**
	 * Logs a failure of ours.
	 * @param ex what failed
	 * @return what the client may know
	 */
	String report(Throwable ex) {
		String reference = Long.toHexString(this.random.nextLong());
		logger.error("A connection failed, reference {}", reference, ex);
		return "Something failed in the server (reference %s).".formatted(reference);
	}

}
