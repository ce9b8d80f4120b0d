package io.kalam.snapshot.r2dbc;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in a temporary file that has no name as soon as it is open, where the operating
 * system allows that, and goes with the process everywhere. Written by one thread, then
 * read by many, none of which may be interrupted: an interrupt would close the file for
 * all.
 */
final class SpoolFile implements AutoCloseable {

	private static final int BUFFER = 1 << 15;

	private final FileChannel channel;

	private final RowIndex index = new RowIndex();

	private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

	private long size;

	private long end;

	private SpoolFile(FileChannel channel) {
		this.channel = channel;
	}

	static SpoolFile create(Path directory) throws IOException {
		Path path = Files.createTempFile(directory, "kalam-snapshot-", ".rows");
		try {
			return new SpoolFile(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
					StandardOpenOption.DELETE_ON_CLOSE));
		}
		catch (IOException ex) {
			Files.deleteIfExists(path);
			throw ex;
		}
	}

	void append(byte[] row) throws IOException {
		this.index.add(this.size, this.end);
		if (this.buffer.remaining() < Integer.BYTES) {
			flush();
		}
		this.buffer.putInt(row.length);
		for (int from = 0; from < row.length;) {
			if (!this.buffer.hasRemaining()) {
				flush();
			}
			int length = Math.min(row.length - from, this.buffer.remaining());
			this.buffer.put(row, from, length);
			from += length;
		}
		this.end += Integer.BYTES + row.length;
		this.size++;
	}

	void flush() throws IOException {
		this.buffer.flip();
		while (this.buffer.hasRemaining()) {
			this.channel.write(this.buffer);
		}
		this.buffer.clear();
	}

	List<byte[]> read(long first, int count) throws IOException {
		List<byte[]> rows = new ArrayList<>();
		if (first >= this.size) {
			return rows;
		}
		long next = this.index.floor(first);
		long end = Math.min(this.size, first + count);
		Cursor cursor = new Cursor(this.channel, this.index.offset(next));
		for (; next < first; next++) {
			cursor.skipRow();
		}
		for (; next < end; next++) {
			rows.add(cursor.readRow());
		}
		return rows;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	/**
	 * A place from which one reader reads on.
	 */
	private static final class Cursor {

		private final FileChannel channel;

		private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);

		private long position;

		Cursor(FileChannel channel, long position) {
			this.channel = channel;
			this.position = position;
		}

		byte[] readRow() throws IOException {
			byte[] row = new byte[readLength()];
			for (int from = 0; from < row.length;) {
				require(1);
				int length = Math.min(row.length - from, this.buffer.remaining());
				this.buffer.get(row, from, length);
				from += length;
			}
			return row;
		}

		void skipRow() throws IOException {
			int length = readLength();
			int buffered = Math.min(length, this.buffer.remaining());
			this.buffer.position(this.buffer.position() + buffered);
			this.position += length - buffered;
		}

		private int readLength() throws IOException {
			require(Integer.BYTES);
			return this.buffer.getInt();
		}

		private void require(int bytes) throws IOException {
			if (this.buffer.remaining() >= bytes) {
				return;
			}
			this.buffer.compact();
			while (this.buffer.position() < bytes) {
				int read = this.channel.read(this.buffer, this.position);
				if (read < 0) {
					throw new EOFException("A spool file is shorter than it was");
				}
				this.position += read;
			}
			this.buffer.flip();
		}

	}

}
