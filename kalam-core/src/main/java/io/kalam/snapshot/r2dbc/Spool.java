package io.kalam.snapshot.r2dbc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.kalam.snapshot.SnapshotException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one read: in memory up to a number of bytes, all in a file beyond it.
 * Written by one thread at a time, then {@linkplain #finish() finished} and read by any
 * number. May be closed by any thread at any time, idempotently; what is written
 * afterwards is dropped.
 */
final class Spool {

	private static final int ROW_OVERHEAD = 24;

	private final int maxMemory;

	private final Path directory;

	private volatile List<byte[]> rows = new ArrayList<>();

	private volatile @Nullable SpoolFile file;

	private volatile boolean closed;

	private long memory;

	private long size;

	Spool(int maxMemory, Path directory) {
		this.maxMemory = maxMemory;
		this.directory = directory;
	}

	synchronized void append(byte[] row) {
		if (this.closed) {
			return;
		}
		this.size++;
		this.memory += ROW_OVERHEAD + row.length;
		try {
			if (this.file != null) {
				this.file.append(row);
			}
			else if (this.memory <= this.maxMemory) {
				this.rows.add(row);
			}
			else {
				spill(row);
			}
		}
		catch (IOException ex) {
			throw new SnapshotException("A snapshot could not be written to a file in " + this.directory
					+ ": make room there or set another directory", ex);
		}
	}

	private void spill(byte[] row) throws IOException {
		SpoolFile spill = SpoolFile.create(this.directory);
		this.file = spill;
		for (byte[] earlier : this.rows) {
			spill.append(earlier);
		}
		spill.append(row);
		this.rows = List.of();
	}

	synchronized void finish() {
		if (this.file != null && !this.closed) {
			try {
				this.file.flush();
			}
			catch (IOException ex) {
				throw new SnapshotException("A snapshot could not be written to a file in " + this.directory, ex);
			}
		}
	}

	synchronized long size() {
		return this.size;
	}

	/**
	 * Whether reading is only a look into memory.
	 * @return whether there is no file
	 */
	boolean inMemory() {
		return this.file == null;
	}

	boolean isClosed() {
		return this.closed;
	}

	List<byte[]> read(long first, int count) {
		List<byte[]> inMemory = this.rows;
		SpoolFile inFile = this.file;
		if (this.closed) {
			throw new IllegalStateException("The snapshot was released");
		}
		try {
			if (inFile != null) {
				return inFile.read(first, count);
			}
		}
		catch (IOException ex) {
			throw new SnapshotException("A snapshot could not be read from its file", ex);
		}
		int from = (int) Math.min(first, inMemory.size());
		return List.copyOf(inMemory.subList(from, (int) Math.min((long) from + count, inMemory.size())));
	}

	synchronized void close() {
		this.closed = true;
		this.rows = List.of();
		try {
			if (this.file != null) {
				this.file.close();
			}
		}
		catch (IOException ex) {
			throw new SnapshotException("The file of a snapshot could not be closed", ex);
		}
	}

}
