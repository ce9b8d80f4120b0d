package io.kalam.boot;

import io.kalam.websocket.EventStreamServlet;
import io.kalam.websocket.JwtRealtimeUserConverter;
import io.kalam.websocket.RealtimeConnections;
import io.kalam.websocket.RealtimeServlet;
import io.kalam.websocket.RealtimeUserConverter;
import io.kalam.websocket.WebSocketSettings;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of the WebSocket endpoint in a servlet application in Tomcat, or of
 * a warning if it is in another server.
 */
@AutoConfiguration(after = KalamAutoConfiguration.class,
		afterName = "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "kalam.enabled", matchIfMissing = true)
public final class KalamServletAutoConfiguration {

	private static final String TOMCAT = "org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler";

	private static final Logger logger = LoggerFactory.getLogger(KalamServletAutoConfiguration.class);

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ InternalHttpUpgradeHandler.class, JwtDecoder.class, JwtAuthenticationConverter.class })
	@Import(SocketConfiguration.class)
	static class Tomcat {

		@Bean
		@ConditionalOnMissingBean
		RealtimeUserConverter kalamRealtimeUserConverter(KalamProperties properties,
				ObjectProvider<JwtAuthenticationConverter> application) {
			JwtAuthenticationConverter converter = application.getIfAvailable();
			JwtGrantedAuthoritiesConverter scopes = new JwtGrantedAuthoritiesConverter();
			return new JwtRealtimeUserConverter(properties.security().ownerClaim(), properties.security().tenantClaim(),
					(jwt) -> Flux.fromIterable(
							(converter != null) ? converter.convert(jwt).getAuthorities() : scopes.convert(jwt)),
					properties.security().roles());
		}

		@Bean
		@ConditionalOnMissingBean(name = "kalamRealtimeServlet")
		ServletRegistrationBean<RealtimeServlet> kalamRealtimeServlet(WebSocketSettings settings,
				RealtimeConnections connections) {
			ServletRegistrationBean<RealtimeServlet> servlet = new ServletRegistrationBean<>(
					new RealtimeServlet(connections, settings), settings.path());
			servlet.setName("kalamRealtimeServlet");
			return servlet;
		}

		@Bean
		@ConditionalOnBooleanProperty(name = "kalam.sse.enabled", matchIfMissing = true)
		@ConditionalOnMissingBean(name = "kalamEventStreamServlet")
		ServletRegistrationBean<EventStreamServlet> kalamEventStreamServlet(KalamProperties properties,
				WebSocketSettings settings, RealtimeConnections connections) {
			ServletRegistrationBean<EventStreamServlet> servlet = new ServletRegistrationBean<>(
					new EventStreamServlet(connections, settings), properties.sse().path());
			servlet.setName("kalamEventStreamServlet");
			servlet.setAsyncSupported(true);
			return servlet;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass(TOMCAT)
	static class OtherServer {

		@Bean
		SmartInitializingSingleton kalamServletWarning(KalamProperties properties) {
			return () -> logger.warn(
					"No client can subscribe: this is a servlet application in a server that is not Tomcat, and "
							+ "{} is served in Tomcat and in WebFlux applications only. Add spring-boot-starter-tomcat "
							+ "and exclude the other server; kalam.enabled=false ends this warning, and capturing.",
					properties.websocket().path());
		}

	}

}
