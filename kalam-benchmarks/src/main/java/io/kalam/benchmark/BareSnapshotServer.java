package io.kalam.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

import io.kalam.catalog.PostgresSettings;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The least that brings the rows of a query to a socket: R2DBC's rows of a plain SELECT,
 * made JSON by Jackson, a thousand a frame, as fast as the socket takes them. It does not
 * know what comes after them.
 */
public final class BareSnapshotServer {

	private static final String SELECT = "SELECT id, owner, status, body, created FROM items"
			+ " WHERE owner = $1 AND status <> 'closed'";

	private static final List<String> COLUMNS = List.of("id", "owner", "status", "body", "created");

	private static final int BATCH = 1000;

	private static final JsonFactory JSON = new JsonFactory();

	private final PostgresqlConnection connection;

	private BareSnapshotServer(PostgresqlConnection connection) {
		this.connection = connection;
	}

	/**
	 * Serves until standard input ends; prints the port to standard output.
	 * @param arguments the port of the database
	 * @throws IOException if standard input can't be read
	 */
	public static void main(String[] arguments) throws IOException {
		PostgresSettings postgres = BenchmarkDatabase.settings(Integer.parseInt(arguments[0]));
		PostgresqlConnection connection = new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
			.host(postgres.host())
			.port(postgres.port())
			.database(postgres.database())
			.username(postgres.user())
			.password(postgres.password())
			.build()).create().blockOptional().orElseThrow();
		BareSnapshotServer bare = new BareSnapshotServer(connection);
		ServerProcess.serve(HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes.ws("/v1/ws", bare::serve))
			.bindNow(Duration.ofSeconds(10))
			.port());
	}

	private Mono<Void> serve(WebsocketInbound in, WebsocketOutbound out) {
		String[] name = new String[1];
		return out.sendObject(in.receive().asString().concatMap((message) -> {
			String said = Answers.name(message);
			if (said != null) {
				name[0] = said;
				return Flux.fromIterable(Answers.to(message)).map(TextWebSocketFrame::new);
			}
			return rows(name[0]);
		}), (frame) -> true).then();
	}

	private Flux<WebSocketFrame> rows(String owner) {
		return this.connection.createStatement(SELECT)
			.bind("$1", owner)
			.execute()
			.flatMap((result) -> result.map(BareSnapshotServer::values))
			.buffer(BATCH)
			.map((rows) -> frame(rows, true))
			.concatWith(Mono.fromSupplier(() -> frame(List.of(), false)));
	}

	private static @Nullable String[] values(Readable row) {
		Long id = row.get(0, Long.class);
		OffsetDateTime created = row.get(4, OffsetDateTime.class);
		return new @Nullable String[] { String.valueOf(id), row.get(1, String.class), row.get(2, String.class),
				row.get(3, String.class), (created != null) ? DateTimeFormatter.ISO_INSTANT.format(created) : null };
	}

	private static WebSocketFrame frame(List<@Nullable String[]> rows, boolean more) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(rows.size() * 256 + 128);
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
			json.writeStartObject();
			json.writeStringProperty("type", "initial_data_batch");
			json.writeArrayPropertyStart("rows");
			rows.forEach((row) -> row(row, json));
			json.writeEndArray();
			json.writeBooleanProperty("has_more", more);
			json.writeEndObject();
		}
		return new TextWebSocketFrame(Unpooled.wrappedBuffer(bytes.toByteArray()));
	}

	private static void row(@Nullable String[] row, JsonGenerator json) {
		json.writeStartObject();
		for (int i = 0; i < row.length; i++) {
			json.writeStringProperty(COLUMNS.get(i), row[i]);
		}
		json.writeEndObject();
	}

}
