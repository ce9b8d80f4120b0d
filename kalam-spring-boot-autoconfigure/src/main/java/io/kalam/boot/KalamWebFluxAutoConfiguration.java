package io.kalam.boot;

import io.kalam.websocket.EventStreamEndpoint;
import io.kalam.websocket.JwtRealtimeUserConverter;
import io.kalam.websocket.ReactorNettyUpgradeStrategy;
import io.kalam.websocket.RealtimeConnections;
import io.kalam.websocket.RealtimeUserConverter;
import io.kalam.websocket.RealtimeWebSocketEndpoint;
import io.kalam.websocket.RealtimeWebSocketHandler;
import io.kalam.websocket.WebSocketSettings;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerMapping;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of the WebSocket endpoint in a WebFlux application.
 */
@AutoConfiguration(after = KalamAutoConfiguration.class,
		afterName = "org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({ DispatcherHandler.class, ReactiveJwtDecoder.class, ReactiveJwtAuthenticationConverter.class })
@Import(SocketConfiguration.class)
@ConditionalOnBooleanProperty(name = "kalam.enabled", matchIfMissing = true)
public final class KalamWebFluxAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RealtimeUserConverter kalamRealtimeUserConverter(KalamProperties properties,
			ObjectProvider<ReactiveJwtAuthenticationConverter> application) {
		ReactiveJwtAuthenticationConverter converter = application.getIfAvailable();
		if (converter != null) {
			return new JwtRealtimeUserConverter(properties.security().ownerClaim(), properties.security().tenantClaim(),
					(jwt) -> converter.convert(jwt).flatMapIterable((token) -> token.getAuthorities()),
					properties.security().roles());
		}
		JwtGrantedAuthoritiesConverter scopes = new JwtGrantedAuthoritiesConverter();
		return new JwtRealtimeUserConverter(properties.security().ownerClaim(), properties.security().tenantClaim(),
				(jwt) -> Flux.fromIterable(scopes.convert(jwt)), properties.security().roles());
	}

	@Bean
	@ConditionalOnMissingBean
	RealtimeWebSocketEndpoint kalamRealtimeWebSocketEndpoint(WebSocketSettings settings,
			RealtimeConnections connections) {
		return new RealtimeWebSocketEndpoint(new RealtimeWebSocketHandler(connections), settings,
				new ReactorNettyUpgradeStrategy(settings.limits().messageSize()));
	}

	@Bean
	HandlerMapping kalamHandlerMapping(RealtimeWebSocketEndpoint endpoint) {
		return endpoint.mapping();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "kalam.sse.enabled", matchIfMissing = true)
	static class EventStreamConfiguration {

		@Bean
		@ConditionalOnMissingBean
		EventStreamEndpoint kalamEventStreamEndpoint(KalamProperties properties, WebSocketSettings settings,
				RealtimeConnections connections) {
			return new EventStreamEndpoint(properties.sse().path(), connections, settings);
		}

		@Bean
		HandlerMapping kalamEventStreamMapping(EventStreamEndpoint endpoint) {
			return endpoint.mapping();
		}

	}

}
