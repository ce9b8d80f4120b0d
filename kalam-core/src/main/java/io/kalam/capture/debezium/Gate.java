package io.kalam.capture.debezium;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.kalam.catalog.Lsn;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * The one place that knows positions. To Debezium it is the store of offsets: what it
 * reads is always where delivery was started, as a bare commit position. With anything
 * more, Debezium looks for a place to resume at within a transaction and loses rows.
 * Nothing that Debezium wants to store comes here.
 */
final class Gate implements OffsetStorageReader {

	private final Lsn start;

	private final AtomicReference<Lsn> acknowledged = new AtomicReference<>(Lsn.ZERO);

	Gate(Lsn start) {
		this.start = start;
	}

	void acknowledge(Lsn position) {
		this.acknowledged.accumulateAndGet(position, Lsn::max);
	}

	/**
	 * What Postgres may be told.
	 * @return the greatest position that was acknowledged; {@link Lsn#ZERO}, by which
	 * Postgres moves nothing, if there was none
	 */
	Lsn acknowledged() {
		return this.acknowledged.get();
	}

	Lsn start() {
		return this.start;
	}

	@Override
	public <T> Map<String, Object> offset(Map<String, T> partition) {
		return Map.of("lsn", this.start.value(), "lsn_commit", this.start.value());
	}

	@Override
	public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
		Map<Map<String, T>, Map<String, Object>> offsets = new HashMap<>();
		partitions.forEach((partition) -> offsets.put(partition, offset(partition)));
		return offsets;
	}

}
