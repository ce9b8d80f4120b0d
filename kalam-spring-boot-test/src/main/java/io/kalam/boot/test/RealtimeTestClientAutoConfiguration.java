package io.kalam.boot.test;

import java.time.Duration;

import io.kalam.boot.KalamAutoConfiguration;
import io.kalam.boot.KalamProperties;
import io.kalam.partition.RealtimeTables;
import io.kalam.pipeline.RealtimePipeline;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;

/**
 * Auto-configuration of the {@link RealtimeTestClient}.
 */
@AutoConfiguration(after = KalamAutoConfiguration.class, afterName = {
		"org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration",
		"org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration" })
final class RealtimeTestClientAutoConfiguration {

	static final Duration PATIENCE = Duration.ofSeconds(30);

	@Bean
	static TestTokenPostProcessor realtimeTestTokenPostProcessor() {
		return new TestTokenPostProcessor();
	}

	@Bean
	@ConditionalOnMissingBean({ JwtDecoder.class, ReactiveJwtDecoder.class })
	ReactiveJwtDecoder realtimeTestJwtDecoder() {
		return TestTokens.NO_OTHERS;
	}

	@Bean
	RealtimeTestClient realtimeTestClient(TestTokenPostProcessor tokens, KalamProperties properties,
			RealtimePipeline pipeline, RealtimeTables tables, ApplicationContext context) {
		return new RealtimeTestClient(new TestEnvironment(new SocketAddress(context, properties.websocket().path()),
				tokens.tokens(), properties.security().ownerClaim(), new Fence(pipeline, PATIENCE),
				new EntityTables(tables), context.containsBean(TestTokens.CONVERTER), PATIENCE));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class Reactive {

		@Bean(TestTokens.CONVERTER)
		@ConditionalOnMissingBean
		ReactiveJwtAuthenticationConverter realtimeTestJwtAuthenticationConverter() {
			return TestTokens.reactiveConverter();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class Servlet {

		@Bean(TestTokens.CONVERTER)
		@ConditionalOnMissingBean
		JwtAuthenticationConverter realtimeTestJwtAuthenticationConverter() {
			return TestTokens.servletConverter();
		}

	}

}
