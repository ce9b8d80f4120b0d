package io.kalam.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.rocksdb.RocksDBException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * The least that brings missed changes to sockets: whoever says a name is welcome, and
 * who then says something else is sent the values of that name's range in a bare RocksDB,
 * a frame each, and a mark.
 */
public final class BareResumeServer {

	private static final byte[] WELCOME = "{\"type\":\"auth_success\"}".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] MARK = (Crowd.MARK + ":\"items\"}").getBytes(StandardCharsets.US_ASCII);

	private final BareHistory history;

	private BareResumeServer(BareHistory history) {
		this.history = history;
	}

	/**
	 * Serves until standard input ends; prints the port to standard output.
	 * @param arguments the directory of the RocksDB
	 * @throws IOException if standard input can't be read
	 * @throws RocksDBException if there is no RocksDB
	 */
	public static void main(String[] arguments) throws IOException, RocksDBException {
		try (BareHistory history = BareHistory.open(Path.of(arguments[0]))) {
			BareResumeServer bare = new BareResumeServer(history);
			ServerProcess.serve(HttpServer.create()
				.host("127.0.0.1")
				.port(0)
				.route((routes) -> routes.ws("/v1/ws", bare::serve))
				.bindNow(Duration.ofSeconds(10))
				.port());
		}
	}

	private Mono<Void> serve(WebsocketInbound in, WebsocketOutbound out) {
		String[] name = new String[1];
		return out.sendObject(in.receive().asString().concatMap((message) -> {
			String said = Answers.name(message);
			if (said != null) {
				name[0] = said;
				return Flux.just(frame(WELCOME));
			}
			return Flux.fromIterable(missed(name[0]));
		}), (frame) -> true).then();
	}

	private List<WebSocketFrame> missed(String owner) {
		List<WebSocketFrame> frames = new ArrayList<>();
		try {
			this.history.read(owner, 1, (value) -> frames.add(frame(value)));
		}
		catch (RocksDBException ex) {
			throw new IllegalStateException("The history can't be read", ex);
		}
		frames.add(frame(MARK));
		return frames;
	}

	private static WebSocketFrame frame(byte[] text) {
		return new TextWebSocketFrame(Unpooled.wrappedBuffer(text));
	}

}
