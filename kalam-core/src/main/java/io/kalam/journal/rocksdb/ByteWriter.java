package io.kalam.journal.rocksdb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that are written one after the other: numbers in few bytes where they are small,
 * texts in UTF-8 behind their length.
 */
final class ByteWriter {

	private byte[] bytes = new byte[128];

	private int size;

	ByteWriter writeByte(int value) {
		ensure(1);
		this.bytes[this.size++] = (byte) value;
		return this;
	}

	/**
	 * Writes eight bytes that are ordered as the numbers are, if they are not negative.
	 */
	ByteWriter writeFixed(long value) {
		ensure(Long.BYTES);
		for (int shift = 56; shift >= 0; shift -= 8) {
			this.bytes[this.size++] = (byte) (value >>> shift);
		}
		return this;
	}

	/**
	 * Writes four bytes that are ordered as the numbers are, if they are not negative.
	 */
	ByteWriter writeFixed(int value) {
		ensure(Integer.BYTES);
		for (int shift = 24; shift >= 0; shift -= 8) {
			this.bytes[this.size++] = (byte) (value >>> shift);
		}
		return this;
	}

	/**
	 * Writes a number that is small and positive, as a rule.
	 */
	ByteWriter writeUnsigned(long value) {
		ensure(10);
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			this.bytes[this.size++] = (byte) ((rest & 0x7F) | 0x80);
			rest >>>= 7;
		}
		this.bytes[this.size++] = (byte) rest;
		return this;
	}

	/**
	 * Writes a number that is near to zero, as a rule.
	 */
	ByteWriter writeSigned(long value) {
		return writeUnsigned((value << 1) ^ (value >> 63));
	}

	ByteWriter writeBytes(byte[] value) {
		writeUnsigned(value.length);
		ensure(value.length);
		System.arraycopy(value, 0, this.bytes, this.size, value.length);
		this.size += value.length;
		return this;
	}

	ByteWriter writeText(String value) {
		return writeBytes(value.getBytes(StandardCharsets.UTF_8));
	}

	ByteWriter writeOptionalText(@Nullable String value) {
		return (value != null) ? writeByte(1).writeText(value) : writeByte(0);
	}

	byte[] toBytes() {
		return Arrays.copyOf(this.bytes, this.size);
	}

	private void ensure(int more) {
		if (this.size + more > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(2 * this.bytes.length, this.size + more));
		}
	}

}
