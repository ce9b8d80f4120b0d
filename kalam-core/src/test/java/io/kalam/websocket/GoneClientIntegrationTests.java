package io.kalam.websocket;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page that is reloaded while its upgrade is looked at on another thread.
 */
class GoneClientIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ReactorNettyUpgradeStrategy strategy = new ReactorNettyUpgradeStrategy(1024);

	private final CompletableFuture<Void> arrived = new CompletableFuture<>();

	private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(this::handle).build()))
		.bindNow(PATIENCE);

	@AfterEach
	void stop() {
		this.server.disposeNow(PATIENCE);
	}

	@Test
	void whoHasGoneIsAClientThatHasGoneAndNoErrorOfTheServer() throws Exception {
		try (Socket client = new Socket("127.0.0.1", this.server.port())) {
			client.getOutputStream().write("""
					GET /v1/ws HTTP/1.1\r
					Host: 127.0.0.1\r
					Upgrade: websocket\r
					Connection: Upgrade\r
					Sec-WebSocket-Version: 13\r
					Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
					\r
					""".getBytes(StandardCharsets.US_ASCII));
			this.arrived.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		assertThat(this.failure.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(AbortedException.class);
	}

	private Mono<Void> handle(ServerWebExchange exchange) {
		HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
		Schedulers.boundedElastic().schedule(() -> upgradeWhenGone(exchange, request));
		return Mono.never();
	}

	private void upgradeWhenGone(ServerWebExchange exchange, HttpServerRequest request) {
		this.arrived.complete(null);
		Awaitility.await().atMost(PATIENCE).until(() -> hasGone(request));
		Mono.defer(() -> this.strategy.upgrade(exchange, (session) -> Mono.empty(), null, () -> {
			throw new IllegalStateException("Nobody is there to shake hands with");
		})).subscribe((nothing) -> {
		}, this.failure::complete);
	}

	private static boolean hasGone(HttpServerRequest request) {
		AtomicBoolean registered = new AtomicBoolean();
		request.withConnection((connection) -> registered.set(connection.channel().isRegistered()));
		return !registered.get();
	}

}
