package io.kalam.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.websocket.WebsocketInbound;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing that comes to a socket is missed.
 */
class AudienceTests {

	private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	@Test
	void anIdMayBeCutWhereAMessageIsSentInFragments() throws Exception {
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes.ws("/v1/ws", (in, out) -> serve(in)))
			.bindNow(Duration.ofSeconds(10));
		try (Audience audience = new Audience(server.port(), 2, "items")) {
			Arrivals arrivals = new Arrivals(2, 11, 2);
			audience.record(arrivals);
			this.channels.writeAndFlush(new TextWebSocketFrame(false, 0, text("{\"id\":\"11\"},{\"id\":\"1")));
			this.channels.writeAndFlush(new ContinuationWebSocketFrame(true, 0, text("2\"}")));
			arrivals.await();
			assertThat(arrivals.since(new long[] { 0, 0 }, 0).nanos()).hasSize(4);
		}
		finally {
			server.disposeNow();
		}
	}

	private Mono<Void> serve(WebsocketInbound in) {
		Channel[] channel = new Channel[1];
		in.withConnection((connection) -> {
			channel[0] = connection.channel();
			this.channels.add(channel[0]);
		});
		return in.receive()
			.asString()
			.doOnNext((message) -> Answers.to(message)
				.forEach((answer) -> channel[0].writeAndFlush(new TextWebSocketFrame(text(answer)))))
			.then();
	}

	private static ByteBuf text(String text) {
		return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
	}

}
