package io.kalam.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

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
 * The least that brings rows to sockets: what a source of rows reads is written as one
 * frame of the form and size that Kalam's have to every socket there is, or to that of
 * the row's owner. No queries, no sequence, no journal, nothing for a socket that is
 * slow.
 */
public final class BareServer implements RowSource.Listener {

	/** The argument for a server that sends each row to its owner's last socket alone. */
	static final String BY_OWNER = "by-owner";

	/** The argument for a server that listens for notifications. */
	static final String NOTIFIED = "notified";

	/** The argument for a server that asks once a second. */
	static final String POLLING = "polling";

	private static final String HEAD = "{\"type\":\"transaction\",\"seq\":\"%d\",\"prev\":\"%d\","
			+ "\"commit_time\":\"%s\",\"last\":true,\"changes\":[";

	private static final String ROW = "{\"subscription_id\":\"items\",\"op\":\"insert\","
			+ "\"row\":{\"id\":\"%s\",\"owner\":\"%s\",\"status\":\"%s\",\"body\":\"%s\",\"created\":\"%s\"}}";

	private static final String TAIL = "]}";

	private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

	private final Map<String, Channel> owners = new ConcurrentHashMap<>();

	private final RowSource source;

	private final boolean byOwner;

	private final List<@Nullable String[]> rows = new ArrayList<>();

	private long previous;

	private BareServer(RowSource source, boolean byOwner) {
		this.source = source;
		this.byOwner = byOwner;
	}

	/**
	 * Serves until standard input ends; prints the port to standard output.
	 * @param arguments the port of the database; then, if rows have owners, that, and how
	 * rows are read if not from a slot
	 * @throws IOException if standard input can't be read
	 * @throws SQLException if the database can't be read
	 */
	public static void main(String[] arguments) throws IOException, SQLException {
		List<String> options = List.of(arguments);
		BareServer bare = new BareServer(source(Integer.parseInt(arguments[0]), options), options.contains(BY_OWNER));
		Thread reader = new Thread(bare::read, "rows");
		reader.setDaemon(true);
		reader.start();
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes.ws("/v1/ws", bare::serve))
			.bindNow(Duration.ofSeconds(10));
		ServerProcess.serve(server.port());
	}

	private static RowSource source(int port, List<String> options) throws SQLException {
		if (options.contains(NOTIFIED)) {
			return new NotifiedRows(port);
		}
		return options.contains(POLLING) ? new PolledRows(port)
				: new PlainStream(BenchmarkDatabase.settings(port), LogSequenceNumber.valueOf(0));
	}

	private Mono<Void> serve(WebsocketInbound in, WebsocketOutbound out) {
		Channel[] channel = new Channel[1];
		in.withConnection((connection) -> {
			channel[0] = connection.channel();
			this.channels.add(channel[0]);
			connection.onDispose(() -> this.channels.remove(channel[0]));
		});
		return in.receive().asString().doOnNext((message) -> answer(channel[0], message)).then();
	}

	private void answer(Channel channel, String message) {
		String name = this.byOwner ? Answers.name(message) : null;
		if (name != null) {
			this.owners.put(name, channel);
		}
		Answers.to(message).forEach((answer) -> write(channel, Unpooled.copiedBuffer(answer, StandardCharsets.UTF_8)));
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private static void write(Channel channel, ByteBuf text) {
		channel.writeAndFlush(new TextWebSocketFrame(text));
	}

	private void read() {
		try (this.source) {
			while (true) {
				this.source.read(this);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The rows can't be read any more", ex);
		}
	}

	@Override
	public void onInsert(@Nullable String[] row) {
		this.rows.add(row);
	}

	@Override
	public void onCommit(LogSequenceNumber position) {
		if (this.byOwner) {
			this.rows.forEach((row) -> send(position, String.valueOf(row[1]), Collections.singletonList(row)));
		}
		else if (!this.rows.isEmpty()) {
			send(position, null, this.rows);
		}
		this.rows.clear();
		this.previous = position.asLong();
		this.source.acknowledge(position);
	}

	private void send(LogSequenceNumber position, @Nullable String owner, List<@Nullable String[]> rows) {
		ByteBuf shared = Unpooled.wrappedBuffer(frame(position, rows).getBytes(StandardCharsets.UTF_8));
		Channel one = (owner != null) ? this.owners.get(owner) : null;
		if (one != null) {
			write(one, shared.retainedDuplicate());
		}
		else if (owner == null) {
			this.channels.forEach((channel) -> write(channel, shared.retainedDuplicate()));
		}
		shared.release();
	}

	private String frame(LogSequenceNumber position, List<@Nullable String[]> rows) {
		String head = HEAD.formatted(position.asLong(), this.previous, rows.get(0)[4]);
		return rows.stream()
			.map((row) -> ROW.formatted(row[0], row[1], row[2], row[3], row[4]))
			.collect(Collectors.joining(",", head, TAIL));
	}

}
