package io.kalam.subscription;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.kalam.query.LiveQuery;
import io.kalam.query.Ordering;
import io.kalam.query.Place;
import io.kalam.query.PlacedRow;
import io.kalam.query.Window;
import io.kalam.subscription.Outcome.Moved;
import io.kalam.subscription.Outcome.Shown;
import io.kalam.subscription.SubscriptionChange.Operation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The first rows of a query, as one client holds them, and some spare ones behind them.
 * It knows every row of the query up to its edge and none behind it, so that the rows
 * that it shows are exact as long as there are enough of them in front of the edge.
 * Bounded in rows and in bytes. Not thread-safe.
 */
final class LiveWindow {

	private static final int OVERHEAD = 160;

	private final Ordering ordering;

	private final Window bounds;

	private final TreeMap<Place, PlacedRow> known;

	private @Nullable Place edge;

	private boolean complete = true;

	private long bytes;

	private List<PlacedRow> shown = List.of();

	private boolean stale;

	private boolean truncated;

	/**
	 * A window that knows no row yet.
	 * @param query a query with a window
	 */
	LiveWindow(LiveQuery query) {
		Window window = query.window();
		Assert.state(window != null, "the query has no window");
		this.ordering = query.ordering();
		this.bounds = window;
		this.known = new TreeMap<>(this.ordering);
	}

	/**
	 * Learns the next of the query's first rows, in their order.
	 */
	void learn(PlacedRow row) {
		if (knows(row.place()) && !isTooLarge()) {
			put(row);
			trim();
		}
	}

	/**
	 * Ends the rows that it {@linkplain #learn learns}. The client has been told those
	 * that it shows.
	 * @param all whether these are all rows of the query
	 */
	void learnt(boolean all) {
		if (this.complete && !all) {
			this.complete = false;
			this.edge = this.known.isEmpty() ? null : this.known.lastKey();
		}
		this.shown = first();
	}

	/**
	 * Whether there may be rows that it does not know and would have to show.
	 */
	boolean isShort() {
		return !this.complete && this.known.size() < this.bounds.rows();
	}

	/**
	 * Whether what it has to show is more than it may keep. Then it takes no more.
	 */
	boolean isTooLarge() {
		return this.bytes > this.bounds.limits().maxBytes();
	}

	/**
	 * A row has come, gone, changed or moved.
	 */
	void move(Moved moved) {
		Place from = moved.from();
		if (from != null) {
			PlacedRow gone = this.known.remove(from);
			this.bytes -= (gone != null) ? size(gone) : 0;
			this.stale |= gone != null && mayShow(from);
		}
		Place to = moved.to();
		byte[] row = moved.row();
		if (to != null && row != null && knows(to) && !isTooLarge()) {
			put(new PlacedRow(to, row));
			this.stale |= mayShow(to);
			trim();
		}
	}

	/**
	 * All rows have gone.
	 */
	void truncate() {
		this.known.clear();
		this.bytes = 0;
		this.complete = true;
		this.stale = true;
		this.truncated = true;
	}

	/**
	 * Ends a commit.
	 * @return what it means for the rows that are shown
	 */
	List<Shown> commit() {
		if (!this.stale) {
			return List.of();
		}
		List<PlacedRow> now = first();
		List<Shown> changes = changes(this.truncated ? List.of() : this.shown, now);
		if (this.truncated) {
			changes.add(0, Shown.TRUNCATED);
		}
		this.shown = now;
		this.stale = false;
		this.truncated = false;
		return changes;
	}

	private List<Shown> changes(List<PlacedRow> before, List<PlacedRow> now) {
		Map<Object, PlacedRow> gone = new HashMap<>();
		before.forEach((row) -> gone.put(this.ordering.keyOf(row.place()), row));
		List<Shown> come = new ArrayList<>();
		List<Shown> changed = new ArrayList<>();
		for (PlacedRow row : now) {
			PlacedRow earlier = gone.remove(this.ordering.keyOf(row.place()));
			if (earlier == null) {
				come.add(new Shown(Operation.INSERT, row.row(), null));
			}
			else if (!Arrays.equals(earlier.row(), row.row())) {
				changed.add(new Shown(Operation.UPDATE, row.row(), earlier.row()));
			}
		}
		List<Shown> all = new ArrayList<>();
		gone.values().forEach((row) -> all.add(new Shown(Operation.DELETE, null, row.row())));
		all.addAll(changed);
		all.addAll(come);
		return all;
	}

	private boolean knows(Place place) {
		return this.complete || (this.edge != null && this.ordering.compare(place, this.edge) <= 0);
	}

	private boolean mayShow(Place place) {
		return this.shown.size() < this.bounds.rows()
				|| this.ordering.compare(place, this.shown.get(this.shown.size() - 1).place()) <= 0;
	}

	/**
	 * Two rows may share a key in the middle of a commit whose constraint is checked at
	 * its end, but only one of them can be held: what lies there and behind is forgotten.
	 */
	private void put(PlacedRow row) {
		PlacedRow same = this.known.putIfAbsent(row.place(), row);
		this.bytes += (same != null) ? 0 : size(row);
		while (same != null && !this.known.isEmpty() && this.ordering.compare(this.known.lastKey(), row.place()) >= 0) {
			forgetLast();
		}
	}

	private void trim() {
		int most = this.bounds.rowsToRead();
		while (this.known.size() > most || (isTooLarge() && this.known.size() > this.bounds.rows())) {
			forgetLast();
		}
	}

	private void forgetLast() {
		Map.Entry<Place, PlacedRow> last = this.known.pollLastEntry();
		this.bytes -= size(last.getValue());
		this.complete = false;
		this.edge = this.known.isEmpty() ? null : this.known.lastKey();
	}

	private static long size(PlacedRow row) {
		return (long) OVERHEAD + row.place().size() + row.row().length;
	}

	private List<PlacedRow> first() {
		return this.known.values().stream().limit(this.bounds.rows()).toList();
	}

}
