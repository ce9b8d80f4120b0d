package io.kalam.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * JSON text in UTF-8 under construction. Knows how to write strings; everything else is
 * spliced in as it is.
 */
final class JsonBytes {

	private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	private byte[] bytes;

	private int size;

	/**
	 * Room for some bytes. If exactly as many are written, nothing is ever copied.
	 * @param capacity how many bytes
	 */
	JsonBytes(int capacity) {
		this.bytes = new byte[capacity];
	}

	/**
	 * The bytes of ASCII text, for parts of frames that never change.
	 * @param text the text
	 * @return the bytes
	 */
	static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * The bytes of a JSON string.
	 * @param value the string
	 * @return the bytes, quotes included
	 */
	static byte[] quoted(String value) {
		return new JsonBytes(value.length() + 2).string(value).toByteArray();
	}

	JsonBytes raw(byte[] json) {
		return raw(json, json.length);
	}

	JsonBytes raw(byte[] json, int length) {
		reserve(length);
		System.arraycopy(json, 0, this.bytes, this.size, length);
		this.size += length;
		return this;
	}

	@SuppressWarnings("deprecation")
	JsonBytes raw(String ascii) {
		int length = ascii.length();
		reserve(length);
		ascii.getBytes(0, length, this.bytes, this.size);
		this.size += length;
		return this;
	}

	JsonBytes string(String value) {
		reserve(value.length() + 2);
		put('"');
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (Character.isHighSurrogate(c) && i + 1 < value.length()
					&& Character.isLowSurrogate(value.charAt(i + 1))) {
				supplementary(Character.toCodePoint(c, value.charAt(++i)));
			}
			else {
				character(c);
			}
		}
		put('"');
		return this;
	}

	JsonBytes stringOrNull(@Nullable Object value) {
		return (value != null) ? string(value.toString()) : raw("null");
	}

	int size() {
		return this.size;
	}

	byte[] toByteArray() {
		return (this.size == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.size);
	}

	private void character(char c) {
		if (c == '"' || c == '\\') {
			put('\\');
			put(c);
		}
		else if (c < 0x20 || Character.isSurrogate(c)) {
			escape(c);
		}
		else if (c < 0x80) {
			put(c);
		}
		else if (c < 0x800) {
			put(0xC0 | (c >> 6));
			continuation(c);
		}
		else {
			put(0xE0 | (c >> 12));
			continuation(c >> 6);
			continuation(c);
		}
	}

	private void supplementary(int codePoint) {
		put(0xF0 | (codePoint >> 18));
		continuation(codePoint >> 12);
		continuation(codePoint >> 6);
		continuation(codePoint);
	}

	private void continuation(int bits) {
		put(0x80 | (bits & 0x3F));
	}

	private void escape(char c) {
		put('\\');
		put('u');
		for (int shift = 12; shift >= 0; shift -= 4) {
			put(HEX[(c >> shift) & 0xF]);
		}
	}

	private void put(int value) {
		reserve(1);
		this.bytes[this.size++] = (byte) value;
	}

	private void reserve(int more) {
		if (this.bytes.length - this.size < more) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.size + more, this.bytes.length * 2));
		}
	}

}
