package io.kalam.codec;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code hstore}: text that Postgres prints as {@code "a"=>"1", "b"=>NULL}, written as an
 * object of strings and nulls whose members have the order in which Postgres prints them.
 */
final class HstoreCodec extends StringCodec {

	private static final String TYPE = "hstore";

	HstoreCodec() {
		super(TextOrder.UNKNOWN);
	}

	@Override
	public String parse(String text) {
		read(text, (key, value) -> {
		});
		return checked(TYPE, text, Integer.MAX_VALUE);
	}

	@Override
	public void write(String value, JsonGenerator out) {
		out.writeStartObject();
		read(value, (key, item) -> {
			out.writeName(key);
			if (item != null) {
				out.writeString(item);
			}
			else {
				out.writeNull();
			}
		});
		out.writeEndObject();
	}

	@Override
	public String typeScriptType() {
		return "Record<string, string | null>";
	}

	private static void read(String text, BiConsumer<String, @Nullable String> pairs) {
		TextCursor cursor = new TextCursor(TYPE, text);
		if (cursor.atEnd()) {
			return;
		}
		do {
			String key = quoted(cursor);
			expect(cursor, "=>");
			pairs.accept(key, cursor.accept("NULL") ? null : quoted(cursor));
		}
		while (cursor.accept(", "));
		cursor.expectEnd();
	}

	private static void expect(TextCursor cursor, String expected) {
		if (!cursor.accept(expected)) {
			throw cursor.refuse();
		}
	}

	private static String quoted(TextCursor cursor) {
		cursor.expect('"');
		return cursor.untilQuote();
	}

}
