package io.kalam.codec;

import org.jspecify.annotations.Nullable;

/**
 * Walks through JSON that Postgres has checked. Takes time in the length of the text and
 * allocates nothing but what is asked for.
 */
final class JsonCursor {

	private final String json;

	private int start;

	private int end;

	JsonCursor(String json) {
		this.json = json;
		this.start = skipBlanks(0);
		this.end = skipValue(this.start);
	}

	/**
	 * Goes to the value of a field; of the last, if there are several.
	 * @param key the field's key
	 * @return whether there is one
	 */
	boolean enterField(String key) {
		if (this.json.charAt(this.start) != '{') {
			return false;
		}
		int found = -1;
		int position = skipBlanks(this.start + 1);
		while (this.json.charAt(position) != '}') {
			int keyEnd = skipString(position);
			int value = skipBlanks(skipBlanks(keyEnd) + 1);
			found = isString(position, keyEnd, key) ? value : found;
			position = next(skipValue(value));
		}
		return enter(found);
	}

	/**
	 * Goes to an element of an array.
	 * @param index the element's place, from 0; from -1 backwards if it is negative
	 * @return whether there is one
	 */
	boolean enterElement(int index) {
		if (this.json.charAt(this.start) != '[') {
			return false;
		}
		int left = (index >= 0) ? index : index + count();
		if (left < 0) {
			return false;
		}
		int position = skipBlanks(this.start + 1);
		while (this.json.charAt(position) != ']' && left > 0) {
			position = next(skipValue(position));
			left--;
		}
		return enter((this.json.charAt(position) != ']') ? position : -1);
	}

	boolean atScalar() {
		return this.json.charAt(this.start) != '{' && this.json.charAt(this.start) != '[';
	}

	private boolean enter(int position) {
		if (position >= 0) {
			this.start = position;
			this.end = skipValue(position);
		}
		return position >= 0;
	}

	private int count() {
		int count = 0;
		int position = skipBlanks(this.start + 1);
		while (this.json.charAt(position) != ']') {
			position = next(skipValue(position));
			count++;
		}
		return count;
	}

	/**
	 * The value as it stands in the text.
	 * @return the JSON
	 */
	String value() {
		return this.json.substring(this.start, this.end);
	}

	/**
	 * The value as text.
	 * @return what a string means, or the JSON of anything else; {@code null} for JSON's
	 * null, and for what no text can hold
	 */
	@Nullable String text() {
		if (this.json.charAt(this.start) != '"') {
			return this.json.startsWith("null", this.start) ? null : value();
		}
		String text = unescaped(this.start, this.end);
		return StringCodec.isStorable(text) ? text : null;
	}

	private boolean isString(int from, int to, String text) {
		int escape = this.json.indexOf('\\', from);
		if (escape < 0 || escape >= to) {
			return to - from - 2 == text.length() && this.json.startsWith(text, from + 1);
		}
		return unescaped(from, to).equals(text);
	}

	private String unescaped(int from, int to) {
		StringBuilder text = new StringBuilder(to - from);
		int position = from + 1;
		while (position < to - 1) {
			char character = this.json.charAt(position++);
			if (character == '\\') {
				char escaped = this.json.charAt(position++);
				text.append((escaped == 'u') ? (char) Integer.parseInt(this.json, position, position + 4, 16)
						: unescaped(escaped));
				position += (escaped == 'u') ? 4 : 0;
			}
			else {
				text.append(character);
			}
		}
		return text.toString();
	}

	private static char unescaped(char escaped) {
		return switch (escaped) {
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			default -> escaped;
		};
	}

	/**
	 * Goes on behind a value.
	 * @param position where the value ends
	 * @return where the next begins, or the bracket that closes
	 */
	private int next(int position) {
		int behind = skipBlanks(position);
		return (this.json.charAt(behind) == ',') ? skipBlanks(behind + 1) : behind;
	}

	private int skipValue(int position) {
		return switch (this.json.charAt(position)) {
			case '"' -> skipString(position);
			case '{', '[' -> skipNested(position);
			default -> skipScalar(position);
		};
	}

	private int skipNested(int position) {
		int depth = 0;
		int at = position;
		do {
			char character = this.json.charAt(at);
			depth += (character == '{' || character == '[') ? 1 : 0;
			depth -= (character == '}' || character == ']') ? 1 : 0;
			at = (character == '"') ? skipString(at) : at + 1;
		}
		while (depth > 0);
		return at;
	}

	private int skipString(int position) {
		int at = position + 1;
		while (this.json.charAt(at) != '"') {
			at += (this.json.charAt(at) == '\\') ? 2 : 1;
		}
		return at + 1;
	}

	private int skipScalar(int position) {
		int at = position;
		while (at < this.json.length() && " \t\n\r,]}".indexOf(this.json.charAt(at)) < 0) {
			at++;
		}
		return at;
	}

	private int skipBlanks(int position) {
		int at = position;
		while (at < this.json.length() && " \t\n\r".indexOf(this.json.charAt(at)) >= 0) {
			at++;
		}
		return at;
	}

}
