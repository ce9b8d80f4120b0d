package io.kalam.journal.rocksdb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link ByteWriter} has written. Throws {@link IndexOutOfBoundsException}
 * or {@link IllegalArgumentException} for what none has.
 */
final class ByteReader {

	private final byte[] bytes;

	private int position;

	ByteReader(byte[] bytes) {
		this(bytes, 0);
	}

	ByteReader(byte[] bytes, int position) {
		this.bytes = bytes;
		this.position = position;
	}

	boolean isAtEnd() {
		return this.position == this.bytes.length;
	}

	int readByte() {
		return this.bytes[this.position++];
	}

	long readFixedLong() {
		long value = 0;
		for (int i = 0; i < Long.BYTES; i++) {
			value = (value << 8) | (this.bytes[this.position++] & 0xFF);
		}
		return value;
	}

	int readFixedInt() {
		int value = 0;
		for (int i = 0; i < Integer.BYTES; i++) {
			value = (value << 8) | (this.bytes[this.position++] & 0xFF);
		}
		return value;
	}

	long readUnsigned() {
		long value = 0;
		for (int shift = 0; shift < Long.SIZE; shift += 7) {
			byte next = this.bytes[this.position++];
			value |= (next & 0x7FL) << shift;
			if (next >= 0) {
				return value;
			}
		}
		throw new IllegalArgumentException("A number of more than 64 bits");
	}

	long readSigned() {
		long value = readUnsigned();
		return (value >>> 1) ^ -(value & 1);
	}

	int readInt() {
		return Math.toIntExact(readUnsigned());
	}

	byte[] readBytes() {
		int length = readLength();
		this.position += length;
		return Arrays.copyOfRange(this.bytes, this.position - length, this.position);
	}

	String readText() {
		int length = readLength();
		this.position += length;
		return new String(this.bytes, this.position - length, length, StandardCharsets.UTF_8);
	}

	@Nullable String readOptionalText() {
		return (readByte() == 1) ? readText() : null;
	}

	private int readLength() {
		int length = readInt();
		if (length > this.bytes.length - this.position) {
			throw new IndexOutOfBoundsException(length);
		}
		return length;
	}

}
