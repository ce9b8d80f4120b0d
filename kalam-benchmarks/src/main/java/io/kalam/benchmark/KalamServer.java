package io.kalam.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.kalam.access.AccessDecider;
import io.kalam.capture.debezium.DebeziumChangeSource;
import io.kalam.capture.debezium.DebeziumSettings;
import io.kalam.catalog.KalamSchema;
import io.kalam.catalog.Manage;
import io.kalam.catalog.PostgresSettings;
import io.kalam.codec.Codecs;
import io.kalam.event.EventStore;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.operations.ClientEvents;
import io.kalam.partition.RealtimeTables;
import io.kalam.pipeline.OnSlotLost;
import io.kalam.pipeline.PipelineListener;
import io.kalam.pipeline.PipelineSettings;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.snapshot.r2dbc.R2dbcSnapshotReader;
import io.kalam.snapshot.r2dbc.SnapshotSettings;
import io.kalam.subscription.LiveHub;
import io.kalam.subscription.SubscriptionEngine;
import io.kalam.websocket.ConnectionListener;
import io.kalam.websocket.JwtRealtimeUserConverter;
import io.kalam.websocket.ReactorNettyUpgradeStrategy;
import io.kalam.websocket.RealtimeAuthenticator;
import io.kalam.websocket.RealtimeConnections;
import io.kalam.websocket.RealtimeWebSocketEndpoint;
import io.kalam.websocket.RealtimeWebSocketHandler;
import io.kalam.websocket.TokenAuthenticator;
import io.kalam.websocket.WebSocketSettings;
import io.netty.channel.ChannelOption;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * Kalam with its defaults, as the auto-configuration puts it together, behind its real
 * endpoint. Two things differ: a user may have more sockets, and a token is the name of
 * its user.
 */
public final class KalamServer {

	/** The argument that makes sockets that nobody reads full soon. */
	static final String SMALL_BUFFERS = "small-buffers";

	private static final long TRANSACTION_BYTES = 64L << 20;

	private static final int CONNECTIONS_PER_USER = 10_000;

	private static final int SMALL_SOCKET_BUFFER = 16 * 1024;

	private KalamServer() {
	}

	/**
	 * Serves until standard input ends; prints the port to standard output.
	 * @param arguments the port of the database; then, if sockets are to be full soon,
	 * the directory of the journal
	 * @throws IOException if standard input can't be read
	 * @throws InterruptedException if the thread was interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		PostgresSettings postgres = BenchmarkDatabase.settings(Integer.parseInt(arguments[0]));
		ChangeJournal journal = RocksJournal.open(RocksJournalSettings.defaults(Path.of(arguments[1])),
				Clock.systemUTC());
		boolean small = List.of(arguments).contains(SMALL_BUFFERS);
		HttpServer http = small ? HttpServer.create().childOption(ChannelOption.SO_SNDBUF, SMALL_SOCKET_BUFFER)
				: HttpServer.create();
		ServerProcess.serve(serve(http, start(postgres, journal)).port());
	}

	private static SubscriptionEngine start(PostgresSettings postgres, ChangeJournal journal)
			throws InterruptedException {
		RealtimeTables tables = new RealtimeTables();
		LiveHub hub = new LiveHub();
		RealtimePipeline pipeline = new RealtimePipeline(
				new PipelineSettings(postgres, BenchmarkDatabase.SLOT, BenchmarkDatabase.PUBLICATION, Manage.CREATE,
						false, OnSlotLost.RESYNC, Duration.ofSeconds(5), Duration.ofSeconds(30)),
				List.of(BenchmarkDatabase.TABLE, BenchmarkDatabase.SHARED), new Codecs(), tables,
				new EventStore(tables, Clock.systemUTC(), hub::head), journal, hub,
				() -> new DebeziumChangeSource(capture(postgres, tables)), Clock.systemUTC(), PipelineListener.NONE);
		pipeline.start();
		LiveApplication.awaitStreaming(pipeline);
		return new SubscriptionEngine(tables, new LiveQueryParser(QueryLimits.DEFAULT), new AccessDecider(),
				new R2dbcSnapshotReader(postgres, SnapshotSettings.DEFAULTS, hub::visible), journal, hub,
				pipeline::epoch, pipeline.heartbeat(), pipeline.refresh(), SubscriptionEngine.NEVER);
	}

	/**
	 * How changes are captured.
	 * @param postgres the database
	 * @param tables what is captured
	 * @return the settings of the auto-configuration
	 */
	static DebeziumSettings capture(PostgresSettings postgres, RealtimeTables tables) {
		return new DebeziumSettings(postgres, BenchmarkDatabase.SLOT, BenchmarkDatabase.PUBLICATION, "kalam-benchmark",
				KalamSchema.MESSAGE_PREFIX, TRANSACTION_BYTES, Map.of(), tables::rowTypes);
	}

	/**
	 * Serves an engine behind the endpoint.
	 * @param http the server
	 * @param engine the engine
	 * @return the server, which is bound
	 */
	static DisposableServer serve(HttpServer http, SubscriptionEngine engine) {
		WebSocketSettings.Limits limits = WebSocketSettings.Limits.defaults();
		WebSocketSettings settings = new WebSocketSettings("/v1/ws", List.of(), WebSocketSettings.Timing.defaults(),
				new WebSocketSettings.Limits(limits.messageSize(), limits.messagesPerSecond(), limits.messageBurst(),
						limits.subscriptions(), CONNECTIONS_PER_USER, limits.outboundBuffer()));
		RealtimeConnections connections = new RealtimeConnections(settings, engine, ClientEvents.NONE,
				authenticator(settings), Clock.systemUTC(), ConnectionListener.NONE);
		RealtimeWebSocketEndpoint endpoint = new RealtimeWebSocketEndpoint(new RealtimeWebSocketHandler(connections),
				settings, new ReactorNettyUpgradeStrategy(settings.limits().messageSize()));
		return http.host("127.0.0.1")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(endpoint).build()))
			.bindNow(Duration.ofSeconds(10));
	}

	private static RealtimeAuthenticator authenticator(WebSocketSettings settings) {
		return new TokenAuthenticator(tokens(), new JwtRealtimeUserConverter("sub", (jwt) -> Flux.empty(), Map.of()),
				Clock.systemUTC(), settings.timing().clockSkew());
	}

	private static ReactiveJwtDecoder tokens() {
		return (token) -> Mono.just(Jwt.withTokenValue(token)
			.header("alg", "none")
			.subject(token)
			.expiresAt(Instant.now(Clock.systemUTC()).plus(Duration.ofHours(1)))
			.build());
	}

}
