package io.kalam.boot.live;

import java.time.Duration;
import java.time.Instant;

import io.kalam.RealtimeTable;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * A web application with one realtime table and a decoder to which a token is the user's
 * name.
 */
@Configuration(proxyBeanMethods = false)
@EntityScan(basePackageClasses = LiveApplication.class)
@ImportAutoConfiguration({ NettyReactiveWebServerAutoConfiguration.class, HttpHandlerAutoConfiguration.class,
		WebFluxAutoConfiguration.class })
public class LiveApplication {

	@Bean
	ReactiveJwtDecoder tokens() {
		return (token) -> {
			Instant now = Instant.now();
			return Mono.just(Jwt.withTokenValue(token)
				.header("alg", "none")
				.subject(token)
				.issuedAt(now)
				.expiresAt(now.plus(Duration.ofHours(1)))
				.build());
		};
	}

	@RealtimeTable(table = "tickets", owner = "assignee_id")
	static final class Ticket {

	}

}
