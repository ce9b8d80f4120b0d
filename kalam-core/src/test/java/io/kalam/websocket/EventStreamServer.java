package io.kalam.websocket;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.kalam.catalog.PostgresSettings;
import io.kalam.operations.ClientEvents;
import io.kalam.subscription.SessionStatus;
import io.kalam.subscription.SubscriptionEngine;
import io.kalam.testing.EventStreamClient;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server of event streams, on either stack, of a real database.
 */
@TestInstance(Lifecycle.PER_CLASS)
@ParameterizedClass
@EnumSource(TestContainer.Stack.class)
abstract class EventStreamServer {

	static final Duration PATIENCE = Duration.ofSeconds(60);

	static final String ALL = "SELECT id, body FROM notes";

	final PostgresSettings postgres = TestPostgres.createDatabase();

	final FakeTokens tokens = new FakeTokens();

	@Parameter
	TestContainer.Stack stack;

	final ToldConnectionListener told = new ToldConnectionListener();

	TestEngine engine;

	RealtimeConnections connections;

	TestContainer container;

	@BeforeAll
	void startEngine() {
		TestPostgres.execute(this.postgres, "CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text)");
		this.engine = new TestEngine(this.postgres, 128 << 20, TestEngine.owned("notes", "owner"));
		this.engine.start();
		this.tokens.add("alice", "alice", Instant.now().plusSeconds(3600));
		this.tokens.add("bob", "bob", Instant.now().plusSeconds(3600));
	}

	@AfterAll
	void stopEngine() {
		this.engine.close();
		this.engine.dropSlot();
	}

	@BeforeEach
	void startServer() {
		TestPostgres.execute(this.postgres, "TRUNCATE notes");
		this.engine.settle();
		serve(Duration.ofSeconds(60));
	}

	void serve(Duration ping) {
		serve(ping, Duration.ofSeconds(120), WebSocketSettings.Limits.defaults(), this.stack);
	}

	void serve(Duration ping, Duration write, WebSocketSettings.Limits limits, TestContainer.Starter starter) {
		WebSocketSettings.Timing timing = new WebSocketSettings.Timing(Duration.ofSeconds(30), ping, write,
				Duration.ofSeconds(1), Duration.ZERO, PATIENCE, Duration.ofSeconds(1));
		WebSocketSettings settings = new WebSocketSettings(WebSocketSettings.defaults().path(),
				List.of("https://friend.example"), timing, limits);
		this.connections = new RealtimeConnections(settings, this.engine.sessions(), ClientEvents.NONE,
				this.tokens.authenticator(timing.clockSkew()), Clock.systemUTC(), this.told);
		this.container = starter.start(this.connections, settings);
	}

	@AfterEach
	void stopServer() {
		this.connections.close();
		this.container.close();
		Awaitility.await("no session is left").atMost(PATIENCE).until(() -> sessions().isEmpty());
	}

	boolean isWebFlux() {
		return this.stack == TestContainer.Stack.WEBFLUX;
	}

	EventStreamClient open(String token, String sql, String place) {
		return EventStreamClient.open(this.container.port(), token, sql, place);
	}

	URI socket() {
		return URI.create("ws://127.0.0.1:" + this.container.port() + "/v1/ws");
	}

	HttpRequest.Builder request(String token) {
		return HttpRequest
			.newBuilder(EventStreamClient.uri(this.container.port(), "?sql=" + EventStreamClient.encoded(ALL)))
			.header("Authorization", "Bearer " + token);
	}

	static int status(HttpRequest request) {
		return EventStreamClient.send(request).statusCode();
	}

	List<SessionStatus> sessions() {
		return ((SubscriptionEngine) this.engine.sessions()).hub().sessionStatuses();
	}

}
