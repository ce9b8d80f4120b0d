package io.kalam.snapshot.r2dbc;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotConnectionsTests {

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private final Sinks.Empty<Result> answer = Sinks.empty();

	@Test
	void aConnectionWhoseWorkIsCancelledIsClosedWhenNothingIsOnItsWay(@TempDir Path directory) {
		ConnectionFactory factory = Fake.of(ConnectionFactory.class,
				(proxy, method, arguments) -> Mono.just(connection()));
		try (SnapshotConnections connections = new SnapshotConnections(factory,
				SnapshotDatabase.settings(directory, 1, 1000))) {
			Disposable work = connections.use((connection) -> {
				this.calls.add("work");
				return Mono.never();
			}).subscribe();
			Awaitility.await("the work").until(() -> this.calls.contains("work"));
			work.dispose();
			Awaitility.await("a statement behind the cancelled one").until(() -> this.calls.size() > 1);
			assertThat(this.calls).containsExactly("work", "ROLLBACK");
			this.answer.tryEmitEmpty();
			Awaitility.await("the connection's end").until(() -> this.calls.size() > 2);
			assertThat(this.calls).containsExactly("work", "ROLLBACK", "close");
		}
	}

	@Test
	void whatComesOutIsHandedOnBeforeTheTransactionHasEnded(@TempDir Path directory) {
		ConnectionFactory factory = Fake.of(ConnectionFactory.class,
				(proxy, method, arguments) -> Mono.just(connection()));
		try (SnapshotConnections connections = new SnapshotConnections(factory,
				SnapshotDatabase.settings(directory, 1, 1000))) {
			connections.use((connection) -> Mono.just("rows"))
				.subscribe(this.calls::add, (ex) -> this.calls.add("error"), () -> this.calls.add("given back"));
			Awaitility.await("the end of the transaction").until(() -> this.calls.contains("COMMIT"));
			assertThat(this.calls).containsExactly("rows", "COMMIT");
			this.answer.tryEmitEmpty();
			Awaitility.await("the connection").until(() -> this.calls.size() > 2);
			assertThat(this.calls).containsExactly("rows", "COMMIT", "given back");
		}
	}

	@Test
	void aConnectionWhoseTransactionCannotBeEndedIsClosed(@TempDir Path directory) {
		ConnectionFactory factory = Fake.of(ConnectionFactory.class,
				(proxy, method, arguments) -> Mono.just(connection()));
		try (SnapshotConnections connections = new SnapshotConnections(factory,
				SnapshotDatabase.settings(directory, 1, 1000))) {
			connections.use((connection) -> Mono.just("rows"))
				.subscribe(this.calls::add, (ex) -> this.calls.add("error"), () -> this.calls.add("over"));
			Awaitility.await("the end of the transaction").until(() -> this.calls.contains("COMMIT"));
			this.answer.tryEmitError(new IllegalStateException("lost"));
			Awaitility.await("the end").until(() -> this.calls.contains("over"));
			assertThat(this.calls).containsExactly("rows", "COMMIT", "ROLLBACK", "close", "over");
		}
	}

	private Connection connection() {
		return Fake.of(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
			case "createStatement" -> statement((String) arguments[0]);
			case "validate" -> Mono.just(true);
			case "close" -> {
				this.calls.add("close");
				yield Mono.empty();
			}
			default -> throw new UnsupportedOperationException(method.getName());
		});
	}

	private Statement statement(String sql) {
		this.calls.add(sql);
		return Fake.of(Statement.class, (proxy, method, arguments) -> this.answer.asMono());
	}

}
