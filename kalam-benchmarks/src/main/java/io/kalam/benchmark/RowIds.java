package io.kalam.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

import io.netty.buffer.ByteBuf;

/**
 * The ids of the rows in a frame, found without reading it.
 */
final class RowIds {

	private static final byte[] ID = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);

	private RowIds() {
	}

	static void forEach(ByteBuf frame, LongConsumer ids) {
		byte[] bytes = new byte[frame.readableBytes()];
		frame.getBytes(frame.readerIndex(), bytes);
		for (int i = 0; i < bytes.length - ID.length; i++) {
			if (matches(bytes, i)) {
				ids.accept(number(bytes, i + ID.length));
			}
		}
	}

	private static boolean matches(byte[] frame, int position) {
		for (int i = 0; i < ID.length; i++) {
			if (frame[position + i] != ID[i]) {
				return false;
			}
		}
		return true;
	}

	private static long number(byte[] frame, int position) {
		long number = 0;
		for (int i = position; i < frame.length && frame[i] >= '0' && frame[i] <= '9'; i++) {
			number = number * 10 + frame[i] - '0';
		}
		return number;
	}

}
