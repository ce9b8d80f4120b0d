package io.kalam.boot;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The WebSocket endpoint.
 *
 * @param path path of the endpoint
 * @param allowedOrigins origins, besides the application's own, whose pages may connect;
 * "*" for all
 * @param authTimeout how long a connection may stay without authentication
 * @param pingInterval how often a quiet connection is pinged; one that shows no sign of
 * life for two intervals is closed
 * @param writeTimeout how long nothing may be written before a connection is closed
 * @param markInterval how often clients are told up to where they are complete
 * @param maxMessageSize size of a message from a client
 * @param maxMessagesPerSecond messages a second from one connection
 * @param messageBurst messages that may come at once from one connection
 * @param maxSubscriptions subscriptions of one connection
 * @param maxConnectionsPerUser connections of one user
 * @param maxOutboundBuffer bytes that may wait for one connection; beyond that it is fed
 * from the journal at the client's own pace
 * @param drainTimeout how long connections may take to go when the application stops
 * @param reconnectSpread over how long clients are spread that are told to come back
 * @param holdGrace how long an event is held for a client that has gone and may come back
 */
public record KalamWebsocketProperties(@DefaultValue("/v1/ws") String path, @DefaultValue List<String> allowedOrigins,
		@DefaultValue("3s") Duration authTimeout, @DefaultValue("20s") Duration pingInterval,
		@DefaultValue("60s") Duration writeTimeout, @DefaultValue("10s") Duration markInterval,
		@DefaultValue("64KB") DataSize maxMessageSize, @DefaultValue("50") int maxMessagesPerSecond,
		@DefaultValue("150") int messageBurst, @DefaultValue("100") int maxSubscriptions,
		@DefaultValue("20") int maxConnectionsPerUser, @DefaultValue("1MB") DataSize maxOutboundBuffer,
		@DefaultValue("5s") Duration drainTimeout, @DefaultValue("5s") Duration reconnectSpread,
		@DefaultValue("10s") Duration holdGrace) {

	public KalamWebsocketProperties {
		PropertyChecks.check(path.matches("/[^?#*{}\\s]*"), "websocket.path", path,
				"It must be a path that begins with '/', without wildcards.");
		PropertyChecks.positive("websocket.auth-timeout", authTimeout);
		PropertyChecks.positive("websocket.ping-interval", pingInterval);
		PropertyChecks.positive("websocket.write-timeout", writeTimeout);
		PropertyChecks.positive("websocket.mark-interval", markInterval);
		PropertyChecks.positive("websocket.max-message-size", maxMessageSize);
		PropertyChecks.array("websocket.max-message-size", maxMessageSize);
		PropertyChecks.positive("websocket.max-messages-per-second", maxMessagesPerSecond);
		PropertyChecks.positive("websocket.message-burst", messageBurst);
		PropertyChecks.positive("websocket.max-subscriptions", maxSubscriptions);
		PropertyChecks.positive("websocket.max-connections-per-user", maxConnectionsPerUser);
		PropertyChecks.positive("websocket.max-outbound-buffer", maxOutboundBuffer);
		PropertyChecks.notNegative("websocket.drain-timeout", drainTimeout);
		PropertyChecks.notNegative("websocket.reconnect-spread", reconnectSpread);
		PropertyChecks.notNegative("websocket.hold-grace", holdGrace);
	}

}
