package io.kalam.boot;

import java.time.Clock;

import io.kalam.operations.ClientEvents;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.subscription.SubscriptionEngine;
import io.kalam.websocket.ConnectionListener;
import io.kalam.websocket.RealtimeAuthenticator;
import io.kalam.websocket.RealtimeConnections;
import io.kalam.websocket.RealtimeUserConverter;
import io.kalam.websocket.TokenAuthenticator;
import io.kalam.websocket.WebSocketSettings;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * What sockets need on every stack.
 */
@Configuration(proxyBeanMethods = false)
class SocketConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WebSocketSettings kalamWebSocketSettings(KalamProperties properties) {
		KalamWebsocketProperties websocket = properties.websocket();
		return new WebSocketSettings(websocket.path(), websocket.allowedOrigins(),
				new WebSocketSettings.Timing(websocket.authTimeout(), websocket.pingInterval(),
						websocket.writeTimeout(), websocket.markInterval(), properties.security().clockSkew(),
						websocket.drainTimeout(), websocket.reconnectSpread()),
				new WebSocketSettings.Limits(Math.toIntExact(websocket.maxMessageSize().toBytes()),
						websocket.maxMessagesPerSecond(), websocket.messageBurst(), websocket.maxSubscriptions(),
						websocket.maxConnectionsPerUser(), websocket.maxOutboundBuffer().toBytes()));
	}

	@Bean
	@ConditionalOnMissingBean({ TokenDecoder.class, RealtimeAuthenticator.class })
	TokenDecoder kalamTokenDecoder(ObjectProvider<ReactiveJwtDecoder> reactive, ObjectProvider<JwtDecoder> blocking,
			BlockingThreads threads) {
		return TokenDecoder.of(reactive, blocking, threads);
	}

	@Bean
	@ConditionalOnMissingBean
	RealtimeAuthenticator kalamRealtimeAuthenticator(WebSocketSettings settings, TokenDecoder decoder,
			RealtimeUserConverter converter) {
		return new TokenAuthenticator(decoder.decoder(), converter, Clock.systemUTC(), settings.timing().clockSkew());
	}

	@Bean
	@ConditionalOnMissingBean
	RealtimeConnections kalamRealtimeConnections(WebSocketSettings settings, SubscriptionEngine engine,
			ClientEvents events, RealtimeAuthenticator authenticator, ObjectProvider<ConnectionListener> listeners) {
		return new RealtimeConnections(settings, engine, events, authenticator, Clock.systemUTC(),
				new ConnectionListeners(Listeners.of(listeners)));
	}

	@Bean
	KalamConnectionsLifecycle kalamConnectionsLifecycle(RealtimeConnections connections, RealtimePipeline pipeline) {
		pipeline.listen(connections::follow);
		return new KalamConnectionsLifecycle(connections, pipeline);
	}

}
