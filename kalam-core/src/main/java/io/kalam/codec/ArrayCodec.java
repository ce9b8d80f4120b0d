package io.kalam.codec;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Arrays of another type, nested for more than one dimension. Where the subscripts begin
 * is not kept, and for that reason arrays can't be compared.
 */
final class ArrayCodec implements Codec<@Nullable Object[]> {

	/**
	 * What the form of an array ends with.
	 */
	static final String ARRAY = "[]";

	private final Codec<Object> element;

	@SuppressWarnings("unchecked")
	ArrayCodec(Codec<?> element) {
		this.element = (Codec<Object>) element;
	}

	@Override
	@SuppressWarnings("NullAway")
	public Class<@Nullable Object[]> type() {
		return Object[].class;
	}

	@Override
	public @Nullable Object[] parse(String text) {
		return new ArrayReader(text, this.element::parse).read();
	}

	@Override
	public String print(@Nullable Object[] value) {
		StringBuilder out = new StringBuilder();
		print(value, out);
		return out.toString();
	}

	private void print(@Nullable Object[] value, StringBuilder out) {
		char separator = '{';
		for (Object item : value) {
			out.append(separator);
			if (item instanceof Object[] nested) {
				print(nested, out);
			}
			else {
				out.append((item != null) ? quote(this.element.print(item)) : "NULL");
			}
			separator = ',';
		}
		out.append((value.length > 0) ? "}" : "{}");
	}

	private static String quote(String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	@Override
	public void write(@Nullable Object[] value, JsonGenerator out) {
		out.writeStartArray();
		for (Object item : value) {
			if (item == null) {
				out.writeNull();
			}
			else if (item instanceof Object[] nested) {
				write(nested, out);
			}
			else {
				this.element.write(item, out);
			}
		}
		out.writeEndArray();
	}

	@Override
	public String typeScriptType() {
		return "KalamArray<" + this.element.typeScriptType() + ">";
	}

	@Override
	public boolean ordered() {
		return false;
	}

	@Override
	public boolean comparable() {
		return false;
	}

	@Override
	public boolean identifying() {
		return false;
	}

	@Override
	public String form() {
		return this.element.form().isEmpty() ? "" : this.element.form() + ARRAY;
	}

	@Override
	public int compare(@Nullable Object[] left, @Nullable Object[] right) {
		return Arrays.deepEquals(left, right) ? 0 : 1;
	}

	@Override
	public int sizeOf(@Nullable Object[] value) {
		int size = 16 + 8 * value.length;
		for (Object item : value) {
			if (item instanceof Object[] nested) {
				size += sizeOf(nested);
			}
			else if (item != null) {
				size += this.element.sizeOf(item);
			}
		}
		return size;
	}

}
