package io.kalam.protocol;

import java.util.List;

import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * An array of rows in a frame. Each row is spliced in as it is, and may be given its
 * {@code _seq} behind its other members.
 *
 * @param name the member's name with all that stands before the array
 * @param rows JSON objects in UTF-8, none of them empty
 * @param suffix what comes in place of a row's closing brace
 */
record RowArray(byte[] name, List<byte[]> rows, byte[] suffix) {

	private static final byte[] PLAIN = JsonBytes.ascii("}");

	private static final byte[] COMMA = JsonBytes.ascii(",");

	private static final byte[] START = JsonBytes.ascii("[");

	private static final byte[] END = JsonBytes.ascii("]");

	/**
	 * An array of rows.
	 * @param sequence the rows' {@code _seq}, {@code null} for none
	 */
	static RowArray of(byte[] name, List<byte[]> rows, @Nullable Sequence sequence) {
		return new RowArray(name, rows,
				(sequence != null) ? JsonBytes.ascii(",\"_seq\":\"" + sequence + "\"}") : PLAIN);
	}

	int size() {
		int size = this.name.length + START.length + END.length + Math.max(0, this.rows.size() - 1) * COMMA.length;
		for (byte[] row : this.rows) {
			size += row.length - 1 + this.suffix.length;
		}
		return size;
	}

	void write(JsonBytes out) {
		out.raw(this.name).raw(START);
		for (int i = 0; i < this.rows.size(); i++) {
			if (i > 0) {
				out.raw(COMMA);
			}
			byte[] row = this.rows.get(i);
			out.raw(row, row.length - 1).raw(this.suffix);
		}
		out.raw(END);
	}

}
