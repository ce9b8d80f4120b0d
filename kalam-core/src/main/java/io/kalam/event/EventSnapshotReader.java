package io.kalam.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.kalam.change.Row;
import io.kalam.query.LiveQuery;
import io.kalam.query.PlacedRow;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotException;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Reads the events that live, and leaves tables of the database to another reader. A
 * snapshot of events stands exactly at a position, without the database being asked.
 */
public final class EventSnapshotReader implements SnapshotReader {

	private static final Retry RETRY = Retry.backoff(8, Duration.ofMillis(20)).filter(NotNow.class::isInstance);

	private final EventStore events;

	private final SnapshotReader tables;

	/**
	 * A reader.
	 * @param events what lives
	 * @param tables reads everything else; closed with this reader
	 */
	public EventSnapshotReader(EventStore events, SnapshotReader tables) {
		this.events = events;
		this.tables = tables;
	}

	@Override
	public Mono<Snapshot> read(SnapshotRequest request) {
		if (!this.events.isStream(request.partition().table())) {
			return this.tables.read(request);
		}
		return Mono.fromCallable(() -> snapshot(request)).retryWhen(RETRY).subscribeOn(Schedulers.boundedElastic());
	}

	private Snapshot snapshot(SnapshotRequest request) {
		LivingRows moment = this.events.read(request.partition());
		if (moment == null) {
			throw new NotNow();
		}
		LiveQuery query = request.query();
		List<Row> rows = moment.rows().stream().filter(query.predicate()::test).toList();
		return new EventSnapshot(moment.position(), encode(query, newest(rows, request.lastRows())));
	}

	private static List<Row> newest(List<Row> rows, int wanted) {
		return (wanted > 0) ? rows.subList(Math.max(0, rows.size() - wanted), rows.size()) : rows;
	}

	private static List<byte[]> encode(LiveQuery query, List<Row> rows) {
		if (query.ordering().isNone()) {
			return rows.stream().map(query.projection()::encode).toList();
		}
		List<Row> ordered = new ArrayList<>(rows);
		ordered.sort(Comparator.comparing(query.ordering()::placeOf, query.ordering()));
		if (query.window() == null) {
			return ordered.stream().map(query.projection()::encode).toList();
		}
		return ordered.stream().limit(query.window().rowsToRead()).map((row) -> placed(query, row)).toList();
	}

	private static byte[] placed(LiveQuery query, Row row) {
		return PlacedRow.write(query.ordering(), (column) -> {
			Object value = row.get(column.index());
			return (value != null) ? row.type().codec(column).print(value) : null;
		}, query.projection().encode(row));
	}

	@Override
	public void close() {
		this.tables.close();
	}

	/**
	 * A transaction has still to be published.
	 */
	private static final class NotNow extends SnapshotException {

		NotNow() {
			super("The events can't be read for now");
		}

	}

}
