package io.kalam.journal.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Tells a log that is torn at its end from one that is damaged in the middle. Each record
 * is synced before the next one is written, so that only the last one may be incomplete:
 * where another record begins behind one that can't be read, something was lost that had
 * been durable.
 * <p>
 * The log is a row of files of blocks, in which a record is in fragments, each with a
 * checksum, its length and what part of a record it is.
 */
final class WriteAheadLog {

	private static final int BLOCK = 32 * 1024;

	private static final int HEADER = 7;

	private static final int WHOLE = 1;

	private static final int FIRST = 2;

	private static final int MASK = 0xa282ead8;

	private final byte[] block = new byte[BLOCK];

	private boolean broken;

	private WriteAheadLog() {
	}

	/**
	 * Whether something is missing in the middle of the log in a directory that is not
	 * open.
	 */
	static boolean isDamaged(Path directory) throws IOException {
		WriteAheadLog log = new WriteAheadLog();
		for (Path file : files(directory)) {
			if (log.isDamagedWithin(file)) {
				return true;
			}
		}
		return false;
	}

	private static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter((file) -> file.getFileName().toString().matches("\\d+\\.log"))
				.sorted(Comparator
					.comparingLong((file) -> Long.parseLong(file.getFileName().toString().replace(".log", ""))))
				.toList();
		}
	}

	private boolean isDamagedWithin(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file)) {
			while (true) {
				int length = fill(channel);
				int sound = this.broken ? 0 : soundUpTo(length);
				this.broken |= sound < length;
				if (this.broken && begins(sound, length)) {
					return true;
				}
				if (length < BLOCK) {
					return false;
				}
			}
		}
	}

	private int fill(FileChannel channel) throws IOException {
		ByteBuffer target = ByteBuffer.wrap(this.block);
		int count;
		do {
			count = channel.read(target);
		}
		while (count >= 0 && target.hasRemaining());
		return target.position();
	}

	/**
	 * Walks through the fragments of a block.
	 * @return where the first one is that can't be read, the length if all can
	 */
	private int soundUpTo(int length) {
		int at = 0;
		while (length - at >= HEADER) {
			int fragment = fragment(at, length);
			if (fragment == 0) {
				return at;
			}
			at += fragment;
		}
		return (length == BLOCK) ? length : at;
	}

	/**
	 * Whether a record begins somewhere behind what can't be read.
	 */
	private boolean begins(int from, int length) {
		for (int at = from; at <= length - HEADER; at++) {
			int type = this.block[at + HEADER - 1];
			if ((type == WHOLE || type == FIRST) && fragment(at, length) > 0) {
				return true;
			}
		}
		return false;
	}

	/**
	 * How long the fragment is that begins somewhere, 0 if none does.
	 */
	private int fragment(int at, int length) {
		ByteBuffer header = ByteBuffer.wrap(this.block, at, HEADER).order(ByteOrder.LITTLE_ENDIAN);
		int masked = header.getInt();
		int size = Short.toUnsignedInt(header.getShort());
		int type = header.get();
		if (type == 0 || HEADER + size > length - at) {
			return 0;
		}
		CRC32C checksum = new CRC32C();
		checksum.update(this.block, at + HEADER - 1, 1 + size);
		int value = (int) checksum.getValue();
		return (Integer.rotateRight(value, 15) + MASK == masked) ? HEADER + size : 0;
	}

}
