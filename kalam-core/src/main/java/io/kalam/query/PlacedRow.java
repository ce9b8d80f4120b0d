package io.kalam.query;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import io.kalam.catalog.Column;
import org.jspecify.annotations.Nullable;

/**
 * A row with its place, as it is held while it is read from the database: the texts of
 * the place, each behind its length, and the row as it is shown.
 *
 * @param place where the row stands
 * @param row the row in the query's projection, a JSON object in UTF-8
 */
public record PlacedRow(Place place, byte[] row) {

	private static final int NULL = -1;

	/**
	 * Writes a row with its place.
	 * @param ordering what it is ordered by
	 * @param texts what Postgres prints for a column, {@code null} for SQL's null
	 * @param row the row as it is shown
	 * @return the bytes
	 */
	public static byte[] write(Ordering ordering, Function<Column, @Nullable String> texts, byte[] row) {
		List<byte @Nullable []> values = new ArrayList<>();
		int size = row.length;
		for (String text : ordering.texts(texts)) {
			byte[] value = (text != null) ? text.getBytes(StandardCharsets.UTF_8) : null;
			values.add(value);
			size += Integer.BYTES + ((value != null) ? value.length : 0);
		}
		ByteBuffer out = ByteBuffer.allocate(size);
		for (byte[] value : values) {
			out.putInt((value != null) ? value.length : NULL);
			if (value != null) {
				out.put(value);
			}
		}
		return out.put(row).array();
	}

	/**
	 * Reads what {@link #write} has written.
	 * @param ordering the same ordering
	 * @param bytes the bytes
	 * @return the row with its place
	 */
	public static PlacedRow read(Ordering ordering, byte[] bytes) {
		ByteBuffer in = ByteBuffer.wrap(bytes);
		List<@Nullable String> texts = new ArrayList<>();
		for (int i = ordering.columns().size(); i > 0; i--) {
			texts.add(readText(in));
		}
		return new PlacedRow(ordering.parse(texts), Arrays.copyOfRange(bytes, in.position(), bytes.length));
	}

	private static @Nullable String readText(ByteBuffer in) {
		int length = in.getInt();
		if (length == NULL) {
			return null;
		}
		byte[] text = new byte[length];
		in.get(text);
		return new String(text, StandardCharsets.UTF_8);
	}

}
