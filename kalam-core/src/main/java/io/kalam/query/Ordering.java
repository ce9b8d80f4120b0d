package io.kalam.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import io.kalam.catalog.Column;
import io.kalam.change.Row;
import io.kalam.codec.Codec;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;

/**
 * The order of a query's rows, which is Postgres's. Total: the key, ascending and text by
 * its bytes, is the last thing that rows are ordered by, so that no two rows share a
 * place. Immutable, with {@code equals} by meaning.
 */
public final class Ordering implements Comparator<Place> {

	/**
	 * Rows come as they come.
	 */
	public static final Ordering NONE = new Ordering(List.of(), List.of(), List.of());

	private static final int OVERHEAD = 40;

	private final List<OrderTerm> terms;

	private final List<Codec<Object>> codecs;

	private final List<Integer> key;

	private Ordering(List<OrderTerm> terms, List<Codec<Object>> codecs, List<Integer> key) {
		this.terms = terms;
		this.codecs = codecs;
		this.key = key;
	}

	/**
	 * An ordering of the rows of a table.
	 * @param type the table
	 * @param terms what its rows are ordered by, the key included
	 * @return the ordering
	 */
	static Ordering of(RowType type, List<OrderTerm> terms) {
		List<Column> columns = terms.stream().map(OrderTerm::column).toList();
		return new Ordering(List.copyOf(terms), terms.stream().map((term) -> term.codec(type)).toList(),
				type.table().key().stream().map(columns::indexOf).toList());
	}

	/**
	 * Whether rows come as they come.
	 * @return whether there is no order
	 */
	public boolean isNone() {
		return this.terms.isEmpty();
	}

	/**
	 * The columns that rows are ordered by.
	 * @return the columns, those of the key among them
	 */
	public List<Column> columns() {
		return this.terms.stream().map(OrderTerm::column).toList();
	}

	/**
	 * Where a row stands.
	 * @param row the row
	 * @return its place
	 */
	public Place placeOf(Row row) {
		return place((index) -> row.get(this.terms.get(index).column().index()));
	}

	/**
	 * Where a row stands of which only the texts of its values are known.
	 * @param texts gives a column's value as its type's input function reads it,
	 * {@code null} for SQL's null
	 * @return its place
	 * @throws io.kalam.codec.CodecException if a text is not of the type
	 */
	public Place placeOf(Function<Column, @Nullable String> texts) {
		return parse(texts(texts));
	}

	private Place place(IntFunction<@Nullable Object> values) {
		@Nullable Object[] place = new @Nullable Object[this.terms.size()];
		int size = OVERHEAD;
		for (int i = 0; i < place.length; i++) {
			Object value = values.apply(i);
			place[i] = value;
			size += 8 + ((value != null) ? this.codecs.get(i).sizeOf(value) : 0);
		}
		return new Place(place, size);
	}

	/**
	 * What tells a row from all others for a client, whatever its place.
	 * @param place the row's place
	 * @return the key, which can be compared for equality
	 */
	public Object keyOf(Place place) {
		@Nullable Object[] values = new @Nullable Object[this.key.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = place.value(this.key.get(i));
		}
		return new Place.Key(values);
	}

	@Override
	public int compare(Place left, Place right) {
		int order = 0;
		for (int i = 0; i < this.terms.size() && order == 0; i++) {
			order = this.terms.get(i).compare(this.codecs.get(i), left.value(i), right.value(i));
		}
		return order;
	}

	/**
	 * The same order for Postgres.
	 * @param row what the row is called
	 * @return what stands behind ORDER BY
	 */
	public String toSql(String row) {
		return this.terms.stream().map((term) -> term.toSql(row)).collect(Collectors.joining(", "));
	}

	/**
	 * The text of each value of a place, as Postgres prints it.
	 */
	List<@Nullable String> texts(Function<Column, @Nullable String> texts) {
		List<@Nullable String> all = new ArrayList<>();
		this.terms.forEach((term) -> all.add(texts.apply(term.column())));
		return all;
	}

	/**
	 * The place whose values are printed so.
	 */
	Place parse(List<@Nullable String> texts) {
		return place((index) -> {
			String text = texts.get(index);
			return (text != null) ? this.codecs.get(index).parse(text) : null;
		});
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Ordering ordering && this.terms.equals(ordering.terms);
	}

	@Override
	public int hashCode() {
		return this.terms.hashCode();
	}

}
