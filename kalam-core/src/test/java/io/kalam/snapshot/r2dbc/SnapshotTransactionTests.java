package io.kalam.snapshot.r2dbc;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.kalam.catalog.TableName;
import io.kalam.partition.LiveTable;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.TableChangedException;
import io.kalam.testing.TestTypes;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The moment and the rows are asked for together, and a read ends with what went wrong
 * first.
 */
class SnapshotTransactionTests {

	private static final LiveTable TABLE = TestTypes
		.liveTable(TestTypes.rowType(new TableName("app", "tickets"), Map.of("id", "int8"), TestTypes.BINARY));

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private final Sinks.One<Result> moment = Sinks.one();

	private final Sinks.One<Result> rows = Sinks.one();

	private CompletableFuture<Moment> outcome;

	@BeforeEach
	void run(@TempDir Path directory) {
		SnapshotTransaction transaction = new SnapshotTransaction(SnapshotDatabase.request(TABLE, null),
				new Spool(1000, directory), Schedulers.immediate(), () -> Sequence.ZERO);
		this.outcome = transaction.run(connection()).toFuture();
	}

	@Test
	void theRowsAreAskedForAtOnce() {
		assertThat(this.asked).containsExactly("moment", "rows");
		assertThat(this.outcome).isNotDone();
	}

	@Test
	void noMoreIsReadOfATableThatIsNotWhatItWas() {
		this.moment.tryEmitValue(columns("other"));
		assertThat(this.asked).containsExactly("moment", "rows", "rows cancelled");
		assertThat(this.outcome).failsWithin(SnapshotDatabase.WAIT)
			.withThrowableThat()
			.withCauseInstanceOf(TableChangedException.class);
	}

	@Test
	void whatFailedFirstIsToldWhenTheRowsHaveFailedToo() {
		this.moment.tryEmitError(new R2dbcTimeoutException("locked"));
		assertThat(this.asked).containsExactly("moment", "rows");
		assertThat(this.outcome).isNotDone();
		this.rows.tryEmitError(new R2dbcTimeoutException("aborted"));
		assertThat(this.outcome).failsWithin(SnapshotDatabase.WAIT)
			.withThrowableThat()
			.withRootCauseInstanceOf(R2dbcTimeoutException.class)
			.withMessageContaining("locked");
	}

	@Test
	void whatFailsOfTheRowsIsToldToo() {
		this.moment.tryEmitValue(columns("id"));
		this.rows.tryEmitError(new R2dbcTimeoutException("too slow"));
		assertThat(this.outcome).failsWithin(SnapshotDatabase.WAIT)
			.withThrowableThat()
			.withMessageContaining("too slow");
	}

	private Connection connection() {
		return Fake.of(Connection.class, (proxy, method, arguments) -> ((String) arguments[0]).startsWith("BEGIN")
				? statement("moment", this.moment) : statement("rows", this.rows));
	}

	private Statement statement(String name, Sinks.One<Result> answer) {
		return Fake.of(Statement.class, (proxy, method, arguments) -> {
			this.asked.add(name);
			return answer.asMono().doOnCancel(() -> this.asked.add(name + " cancelled"));
		});
	}

	@SuppressWarnings("unchecked")
	private static Result columns(String name) {
		return Fake.of(Result.class, (proxy, method, arguments) -> Mono
			.fromSupplier(() -> ((Function<Readable, Object>) arguments[0]).apply(attribute(name))));
	}

	private static Readable attribute(String name) {
		List<Object> values = List.of("10:10:", "0/10", name, 0L, -1);
		return Fake.of(Readable.class, (proxy, method, arguments) -> values.get((Integer) arguments[0]));
	}

}
