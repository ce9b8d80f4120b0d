package io.kalam.snapshot.r2dbc;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kalam.catalog.Column;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.codec.RowType;
import io.kalam.query.Ordering;
import io.kalam.query.PlacedRow;
import io.kalam.query.Projection;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.snapshot.TableChangedException;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One read on one connection, from BEGIN to the last row. The table is locked before the
 * snapshot is taken, so that nothing that is not versioned (TRUNCATE, a rewriting ALTER)
 * comes between them. The fence is read by the statement that takes the snapshot, hence
 * after it: whatever the snapshot sees has its commit record before that position.
 * <p>
 * The rows are asked for without waiting for what the first statements have answered, so
 * that a read takes one round trip. If those fail the rows fail too, or are of no use.
 * <p>
 * Rows come through the socket at the pace at which they are written to the spool: the
 * driver holds a few hundred of them and leaves the rest to TCP.
 */
final class SnapshotTransaction {

	private static final int PREFETCH = 64;

	private final SnapshotStatements statements;

	private final RowType type;

	private final Projection projection;

	private final @Nullable Ordering placed;

	private final int[] places;

	private final Spool spool;

	private final Scheduler scheduler;

	private final Supplier<Sequence> horizon;

	SnapshotTransaction(SnapshotRequest request, Spool spool, Scheduler scheduler, Supplier<Sequence> horizon) {
		this.statements = SnapshotStatements.of(request);
		this.type = request.query().table().rowType();
		this.projection = request.query().projection();
		this.placed = (request.query().window() != null) ? request.query().ordering() : null;
		this.spool = spool;
		this.scheduler = scheduler;
		this.horizon = horizon;
		this.places = new int[this.type.codecs().size()];
		for (int place = 0; place < this.projection.columns().size(); place++) {
			this.places[this.projection.columns().get(place).index()] = place;
		}
	}

	/**
	 * Reads all rows into the spool.
	 * @param connection a connection outside a transaction; inside one from now on
	 * @return the moment that was read
	 */
	Mono<Moment> run(Connection connection) {
		return Mono.defer(() -> {
			Sequence seenBefore = this.horizon.get();
			CompletableFuture<Moment> asked = moment(connection, seenBefore);
			Mono<Moment> moment = Mono.fromFuture(asked, true);
			return rows(connection, moment).onErrorResume((ex) -> moment.then(Mono.error(ex))).then(moment);
		});
	}

	/**
	 * Asked for to its end even if nobody wants it any more: the driver loses buffers of
	 * several statements' answers when it is cancelled between them.
	 */
	private CompletableFuture<Moment> moment(Connection connection, Sequence seenBefore) {
		return select(connection, this.statements.begin(), List.of(), (row) -> Attribute.read(row, seenBefore))
			.collectList()
			.map(this::moment)
			.toFuture();
	}

	private Moment moment(List<Attribute> attributes) {
		int next = 0;
		for (Column column : this.type.table().columns()) {
			while (next < attributes.size() && !attributes.get(next).is(column)) {
				next++;
			}
			if (next++ >= attributes.size()) {
				throw new TableChangedException(this.type.name());
			}
		}
		return attributes.get(0).moment();
	}

	private Mono<Void> rows(Connection connection, Mono<Moment> moment) {
		return select(connection, this.statements.rows(), this.statements.parameters(), this::texts)
			.takeUntilOther(moment.then(Mono.never()).onErrorResume(SnapshotTransaction::endOfReading))
			.publishOn(this.scheduler, PREFETCH)
			.doOnNext((texts) -> this.spool.append(encode(texts)))
			.then(Mono.fromRunnable(this.spool::finish));
	}

	/**
	 * If there is no moment the rows are of no use. After an error of the database they
	 * are answered with an error too, which is waited for.
	 */
	private static Mono<Object> endOfReading(Throwable ex) {
		return (ex instanceof R2dbcException) ? Mono.never() : Mono.empty();
	}

	private @Nullable String[] texts(Readable row) {
		@Nullable String[] texts = new String[this.projection.columns().size()];
		for (int place = 0; place < texts.length; place++) {
			Printed printed = row.get(place, Printed.class);
			texts[place] = (printed != null) ? printed.text() : null;
		}
		return texts;
	}

	private byte[] encode(@Nullable String[] texts) {
		byte[] row = this.projection.encode(this.type, (column) -> {
			String text = texts[this.places[column.index()]];
			return (text != null) ? this.type.read(column, text) : null;
		});
		return (this.placed != null) ? PlacedRow.write(this.placed, (column) -> texts[this.places[column.index()]], row)
				: row;
	}

	private static <T> Flux<T> select(Connection connection, String sql, List<String> parameters,
			Function<Readable, T> mapping) {
		return Flux.defer(() -> {
			Statement statement = connection.createStatement(sql);
			for (int i = 0; i < parameters.size(); i++) {
				statement.bind(i, Parameters.in(PostgresqlObjectId.UNSPECIFIED, parameters.get(i)));
			}
			return Flux.from(statement.execute()).concatMap((result) -> result.map(mapping));
		});
	}

	/**
	 * A column as the catalog has it at the moment of the read.
	 *
	 * @param moment that moment
	 * @param name the column's name
	 * @param type the oid of its type
	 * @param modifier the type's modifier
	 */
	private record Attribute(Moment moment, String name, long type, int modifier) {

		static Attribute read(Readable row, Sequence seenBefore) {
			Moment moment = new Moment(seenBefore, TransactionSnapshot.parse(required(row, 0, String.class)),
					Lsn.parse(required(row, 1, String.class)));
			return new Attribute(moment, required(row, 2, String.class), required(row, 3, Long.class),
					required(row, 4, Integer.class));
		}

		private static <T> T required(Readable row, int index, Class<T> type) {
			return Objects.requireNonNull(row.get(index, type));
		}

		boolean is(Column column) {
			return this.name.equals(column.name()) && this.modifier == column.type().modifier()
					&& this.type == Integer.toUnsignedLong(column.type().oid());
		}

	}

}
