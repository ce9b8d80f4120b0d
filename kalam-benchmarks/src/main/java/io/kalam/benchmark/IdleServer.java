package io.kalam.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * Sockets to which nothing happens: WebFlux's way of serving them, or Reactor Netty's
 * alone, with a handler that receives and never completes. It keeps nothing of a socket;
 * who is welcomed is forgotten.
 */
public final class IdleServer {

	/** The argument for a {@code WebSocketHandler} of WebFlux. */
	static final String WEBFLUX = "webflux";

	/** The argument for Reactor Netty alone. */
	static final String NETTY = "netty";

	private IdleServer() {
	}

	/**
	 * Serves until standard input ends; prints the port to standard output.
	 * @param arguments whose sockets
	 * @throws IOException if standard input can't be read
	 */
	public static void main(String[] arguments) throws IOException {
		HttpServer http = HttpServer.create().host("127.0.0.1").port(0);
		HttpServer server = arguments[0].equals(WEBFLUX) ? webFlux(http)
				: http.route((routes) -> routes.ws("/v1/ws", IdleServer::receive));
		ServerProcess.serve(server.bindNow(Duration.ofSeconds(10)).port());
	}

	private static HttpServer webFlux(HttpServer http) {
		WebSocketService service = new HandshakeWebSocketService(new ReactorNettyRequestUpgradeStrategy());
		return http.handle(new ReactorHttpHandlerAdapter(
				WebHttpHandlerBuilder.webHandler((exchange) -> service.handleRequest(exchange, IdleServer::receive))
					.build()));
	}

	private static Mono<Void> receive(WebSocketSession session) {
		return session.receive()
			.map(WebSocketMessage::getPayloadAsText)
			.doOnNext((message) -> Answers.to(message)
				.forEach((answer) -> session.send(Mono.just(session.textMessage(answer))).subscribe()))
			.then();
	}

	private static Mono<Void> receive(WebsocketInbound in, WebsocketOutbound out) {
		Channel[] channel = new Channel[1];
		in.withConnection((connection) -> channel[0] = connection.channel());
		return in.receive()
			.asString()
			.doOnNext((message) -> Answers.to(message).forEach((answer) -> write(channel[0], answer)))
			.then();
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private static void write(Channel channel, String answer) {
		channel.writeAndFlush(new TextWebSocketFrame(Unpooled.copiedBuffer(answer, StandardCharsets.UTF_8)));
	}

}
