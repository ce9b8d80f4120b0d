package io.kalam.boot.blocking;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.kalam.RealtimeTable;
import io.kalam.access.AccessDecision;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.operations.RealtimeEvent;
import io.kalam.operations.RealtimeOperations;
import io.kalam.operations.RealtimeOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * A web application whose decoder and whose policy block, as those do that ask a service
 * or a database. A token is the user's name, or {@code wrong}.
 */
@Configuration(proxyBeanMethods = false)
@EntityScan(basePackageClasses = BlockingApplication.class)
@ImportAutoConfiguration({ NettyReactiveWebServerAutoConfiguration.class, HttpHandlerAutoConfiguration.class,
		WebFluxAutoConfiguration.class })
public class BlockingApplication {

	/**
	 * The threads that were blocked.
	 */
	public static final Set<String> BLOCKED = ConcurrentHashMap.newKeySet();

	@Bean
	JwtDecoder tokens() {
		return BlockingApplication::decode;
	}

	@Bean
	RealtimeAccessPolicy policy() {
		return RealtimeAccessPolicy.blocking("tickets", (user) -> {
			pause();
			return AccessDecision.where("title <> $1", "secret");
		});
	}

	/**
	 * The Java API, as a stream of text.
	 */
	@Bean
	RouterFunction<ServerResponse> changes(RealtimeOperations operations) {
		return RouterFunctions.route().GET("/changes", (request) -> {
			Flux<String> told = operations
				.live(Ticket.class, RealtimeOptions.owner("alice"), "SELECT id, title FROM tickets")
				.filter((event) -> event instanceof RealtimeEvent.Inserted<Ticket>)
				.take(1)
				.map((event) -> ((RealtimeEvent.Inserted<Ticket>) event).row().title());
			return ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).body(told, String.class);
		}).build();
	}

	private static Jwt decode(String token) {
		pause();
		if (token.equals("wrong")) {
			throw new BadJwtException("no");
		}
		Instant now = Instant.now();
		return Jwt.withTokenValue(token)
			.header("alg", "none")
			.subject(token)
			.issuedAt(now)
			.expiresAt(now.plus(Duration.ofHours(1)))
			.build();
	}

	private static void pause() {
		BLOCKED.add(Thread.currentThread().toString());
		try {
			if (new CountDownLatch(1).await(2, TimeUnit.MILLISECONDS)) {
				throw new IllegalStateException();
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@RealtimeTable(table = "tickets", owner = "assignee_id")
	record Ticket(long id, String title) {

	}

	/**
	 * Blocks where it must not.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("careless")
	static class Careless {

		@Bean
		ReactiveJwtDecoder carelessTokens() {
			return (token) -> Mono.just(decode(token));
		}

		@Bean
		RouterFunction<ServerResponse> careless() {
			return RouterFunctions.route().GET("/careless", (request) -> {
				pause();
				return ServerResponse.ok().build();
			}).build();
		}

	}

}
