package io.kalam.websocket;

import java.time.Duration;
import java.util.List;

import org.springframework.util.Assert;

/**
 * How sockets are accepted and kept.
 *
 * @param path the path of the endpoint
 * @param allowedOrigins the origins that browsers may connect from besides the endpoint's
 * own, as CORS spells them; patterns such as {@code https://*.example.com} are understood
 * @param timing how long things may take
 * @param limits how much of things there may be
 */
public record WebSocketSettings(String path, List<String> allowedOrigins, Timing timing, Limits limits) {

	public WebSocketSettings {
		Assert.isTrue(path.startsWith("/"), "path must start with '/'");
		allowedOrigins = List.copyOf(allowedOrigins);
	}

	/**
	 * The settings that the protocol names.
	 * @return settings for {@code /v1/ws} and pages of the same origin
	 */
	public static WebSocketSettings defaults() {
		return new WebSocketSettings("/v1/ws", List.of(), Timing.defaults(), Limits.defaults());
	}

	/**
	 * How long things may take.
	 *
	 * @param authentication until a client has said who it is
	 * @param ping between two pings; a socket without a sign of life for two of them is
	 * closed
	 * @param write until something of what has to be written could be written
	 * @param mark until a client to which nothing happens is told how far it is complete
	 * @param clockSkew how long a token is good after it has expired
	 * @param drain until all sockets have gone when the server stops
	 * @param reconnect over how long clients are spread that are told to come back
	 */
	public record Timing(Duration authentication, Duration ping, Duration write, Duration mark, Duration clockSkew,
			Duration drain, Duration reconnect) {

		/**
		 * The times that the protocol names.
		 * @return the defaults
		 */
		public static Timing defaults() {
			return new Timing(Duration.ofSeconds(3), Duration.ofSeconds(20), Duration.ofSeconds(60),
					Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(5));
		}

	}

	/**
	 * How much of things there may be.
	 *
	 * @param messageSize the bytes of a message from a client
	 * @param messagesPerSecond the frames of a client in a second, in the long run
	 * @param messageBurst the frames of a client at once
	 * @param subscriptions the subscriptions of a socket
	 * @param connectionsPerUser the sockets of a user
	 * @param outboundBuffer the bytes that may wait for a socket in memory
	 */
	public record Limits(int messageSize, int messagesPerSecond, int messageBurst, int subscriptions,
			int connectionsPerUser, long outboundBuffer) {

		/**
		 * The limits that the protocol names.
		 * @return the defaults
		 */
		public static Limits defaults() {
			return new Limits(64 * 1024, 50, 150, 100, 20, 1024 * 1024);
		}

	}

}
