package io.kalam.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * The least that brings rows to sockets: what the plain stream reads is written as one
 * frame of the form and size that Kalam's have to every socket there is. No users, no
 * queries, no sequence, no journal, nothing for a socket that is slow.
 */
public final class BareServer implements PlainStream.Listener {

	private static final String FRAME = "{\"type\":\"transaction\",\"seq\":\"%d\",\"prev\":\"%d\","
			+ "\"commit_time\":\"%s\",\"last\":true,\"changes\":[{\"subscription_id\":\"items\",\"op\":\"insert\","
			+ "\"row\":{\"id\":\"%s\",\"owner\":\"%s\",\"status\":\"%s\",\"body\":\"%s\",\"created\":\"%s\"}}]}";

	private static final String WELCOME = "{\"type\":\"auth_success\"}";

	private static final String ACCEPTED = "{\"type\":\"subscription_ack\"}";

	private static final String LIVE = Crowd.MARK + ":\"items\"}";

	private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

	private final PlainStream stream;

	private @Nullable String @Nullable [] row;

	private long previous;

	private BareServer(PlainStream stream) {
		this.stream = stream;
	}

	/**
	 * Serves until standard input ends; prints the port to standard output.
	 * @param arguments the port of the database
	 * @throws IOException if standard input can't be read
	 * @throws SQLException if the database can't be read
	 */
	public static void main(String[] arguments) throws IOException, SQLException {
		BareServer bare = new BareServer(new PlainStream(BenchmarkDatabase.settings(Integer.parseInt(arguments[0])),
				LogSequenceNumber.valueOf(0)));
		Thread reader = new Thread(bare::read, "plain-stream");
		reader.setDaemon(true);
		reader.start();
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes.ws("/v1/ws", bare::serve))
			.bindNow(Duration.ofSeconds(10));
		ServerProcess.serve(server.port());
	}

	private Mono<Void> serve(WebsocketInbound in, WebsocketOutbound out) {
		Channel[] channel = new Channel[1];
		in.withConnection((connection) -> {
			channel[0] = connection.channel();
			this.channels.add(channel[0]);
			connection.onDispose(() -> this.channels.remove(channel[0]));
		});
		return in.receive()
			.asString()
			.doOnNext((message) -> (message.contains("\"authenticate\"") ? List.of(WELCOME) : List.of(ACCEPTED, LIVE))
				.forEach((answer) -> write(channel[0], Unpooled.copiedBuffer(answer, StandardCharsets.UTF_8))))
			.then();
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private static void write(Channel channel, ByteBuf text) {
		channel.writeAndFlush(new TextWebSocketFrame(text));
	}

	private void read() {
		try (this.stream) {
			while (true) {
				this.stream.read(this);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The stream has broken", ex);
		}
	}

	@Override
	public void onInsert(@Nullable String[] row) {
		this.row = row;
	}

	@Override
	public void onCommit(LogSequenceNumber position) {
		@Nullable String[] inserted = this.row;
		if (inserted != null) {
			byte[] frame = FRAME
				.formatted(position.asLong(), this.previous, inserted[4], inserted[0], inserted[1], inserted[2],
						inserted[3], inserted[4])
				.getBytes(StandardCharsets.UTF_8);
			ByteBuf shared = Unpooled.wrappedBuffer(frame);
			this.channels.forEach((channel) -> write(channel, shared.retainedDuplicate()));
			shared.release();
		}
		this.row = null;
		this.previous = position.asLong();
		this.stream.acknowledge(position);
	}

}
