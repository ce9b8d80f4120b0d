package io.kalam.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.kalam.catalog.Column;
import io.kalam.query.LiveQuery;
import io.kalam.query.Ordering;
import io.kalam.query.Place;
import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells all rows whenever a commit has changed them.
 *
 * @param <T> what the rows become
 */
final class RowLists<T> implements StreamTranslator<List<T>> {

	private final RowReaders readers;

	private final Class<T> type;

	private final Map<List<JsonNode>, Held<T>> rows = new LinkedHashMap<>();

	private @Nullable RowReader<T> reader;

	private @Nullable LiveQuery query;

	private boolean complete;

	private boolean changed;

	RowLists(RowReaders readers, Class<T> type) {
		this.readers = readers;
		this.type = type;
	}

	@Override
	public void interrupted() {
		forget();
	}

	@Override
	public @Nullable RealtimeCursor cursor() {
		return null;
	}

	@Override
	public void translate(SubscriptionEvent event, Consumer<? super List<T>> out) {
		if (event instanceof Acknowledged acknowledged) {
			forget();
			this.query = acknowledged.query();
			this.reader = this.readers.reader(this.type, this.query);
		}
		else if (event instanceof Batch batch) {
			batch.rows().forEach(this::put);
			this.complete = !batch.hasMore();
			this.changed = true;
			tell(out);
		}
		else if (event instanceof Transaction transaction) {
			transaction.changes().forEach(this::apply);
			this.changed |= !transaction.changes().isEmpty();
			if (transaction.last()) {
				tell(out);
			}
		}
		else if (event instanceof Reset) {
			forget();
		}
	}

	private void forget() {
		this.rows.clear();
		this.complete = false;
	}

	private void apply(SubscriptionChange change) {
		byte[] row = change.row();
		byte[] old = change.old();
		if (row != null) {
			put(row);
		}
		else if (old != null) {
			this.rows.remove(key(reader().tree(old)));
		}
		else {
			this.rows.clear();
		}
	}

	private void put(byte[] bytes) {
		ObjectNode row = reader().tree(bytes);
		Ordering ordering = query().ordering();
		Place place = ordering.isNone() ? null : ordering.placeOf((column) -> text(row.get(column.name())));
		this.rows.put(key(row), new Held<>(reader().read(row), place));
	}

	private static @Nullable String text(@Nullable JsonNode value) {
		return (value == null || value.isNull()) ? null : value.asString();
	}

	private List<JsonNode> key(ObjectNode row) {
		return query().projection().key().stream().map(Column::name).map(row::get).toList();
	}

	private void tell(Consumer<? super List<T>> out) {
		if (this.complete && this.changed) {
			this.changed = false;
			List<Held<T>> all = new ArrayList<>(this.rows.values());
			if (!query().ordering().isNone()) {
				all.sort(Comparator.comparing(Held::placed, query().ordering()));
			}
			out.accept(all.stream().map(Held::row).toList());
		}
	}

	private LiveQuery query() {
		if (this.query == null) {
			throw new IllegalStateException("A subscription is acknowledged before anything else");
		}
		return this.query;
	}

	private RowReader<T> reader() {
		if (this.reader == null) {
			throw new IllegalStateException("A subscription is acknowledged before anything else");
		}
		return this.reader;
	}

	/**
	 * A row that is held.
	 *
	 * @param row the row
	 * @param place where it stands, if the query has an order
	 * @param <T> what the rows become
	 */
	private record Held<T>(T row, @Nullable Place place) {

		Place placed() {
			if (this.place == null) {
				throw new IllegalStateException("A query with an order places its rows");
			}
			return this.place;
		}

	}

}
