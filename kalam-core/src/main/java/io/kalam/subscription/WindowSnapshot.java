package io.kalam.subscription;

import java.util.List;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.query.Ordering;
import io.kalam.query.PlacedRow;
import io.kalam.query.Window;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import reactor.core.publisher.Mono;

/**
 * The first rows of a snapshot. A window learns them, and the spare ones behind them, as
 * they are read, which has to be from the first to the last.
 */
final class WindowSnapshot implements Snapshot {

	private final Snapshot snapshot;

	private final Ordering ordering;

	private final Window bounds;

	private final LiveWindow window;

	/**
	 * The first rows of a snapshot.
	 * @param snapshot the rows and the spare ones
	 * @param ordering their order
	 * @param bounds how many of them are shown
	 * @param window learns them
	 */
	WindowSnapshot(Snapshot snapshot, Ordering ordering, Window bounds, LiveWindow window) {
		this.snapshot = snapshot;
		this.ordering = ordering;
		this.bounds = bounds;
		this.window = window;
	}

	@Override
	public TransactionSnapshot visibility() {
		return this.snapshot.visibility();
	}

	@Override
	public Sequence horizon() {
		return this.snapshot.horizon();
	}

	@Override
	public Lsn fence() {
		return this.snapshot.fence();
	}

	@Override
	public long size() {
		return Math.min(this.snapshot.size(), this.bounds.rows());
	}

	@Override
	public Mono<List<byte[]>> rows(long first, int count) {
		boolean last = first + count >= size();
		int wanted = (int) (last ? this.snapshot.size() - first : count);
		return this.snapshot.rows(first, wanted)
			.map((rows) -> learn(rows, (int) Math.min(count, size() - first), last));
	}

	private List<byte[]> learn(List<byte[]> rows, int shown, boolean last) {
		List<PlacedRow> placed = rows.stream().map((row) -> PlacedRow.read(this.ordering, row)).toList();
		placed.forEach(this.window::learn);
		if (last) {
			this.window.learnt(this.snapshot.size() < this.bounds.rowsToRead());
		}
		return placed.stream().limit(shown).map(PlacedRow::row).toList();
	}

	@Override
	public void release() {
		this.snapshot.release();
	}

}
