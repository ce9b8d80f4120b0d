package io.kalam.journal.rocksdb;

import java.util.Arrays;

import io.kalam.journal.JournalPlace;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Walks through the changes of one scope, a partition or a whole table, in one segment.
 */
final class SegmentCursor implements AutoCloseable {

	private final RocksIterator entries;

	private final byte[] scope;

	private final @Nullable Sequence only;

	private final Sequence upTo;

	private @Nullable JournalPlace place;

	/**
	 * A cursor.
	 * @param entries where it walks; closed with the cursor
	 * @param segment the segment
	 * @param scope the scope
	 * @param after the place after which to begin
	 * @param upTo the position at which to end, inclusive
	 */
	SegmentCursor(RocksIterator entries, Segment segment, byte[] scope, JournalPlace after, Sequence upTo)
			throws RocksDBException {
		this.scope = scope;
		this.only = (segment.large() != null) ? segment.last() : null;
		this.upTo = upTo;
		this.entries = entries;
		boolean within = after.isWithinCommit() && (this.only == null || this.only.equals(after.sequence()));
		long sequence = (this.only != null) ? 0 : after.sequence().value() + (within ? 0 : 1);
		this.entries.seek(Keys.change(scope, sequence, within ? after.ordinal() + 1 : 0));
		arrive();
	}

	/**
	 * Where this stands, {@code null} at the end.
	 */
	@Nullable JournalPlace place() {
		return this.place;
	}

	byte[] value() {
		return this.entries.value();
	}

	void next() throws RocksDBException {
		this.entries.next();
		arrive();
	}

	private void arrive() throws RocksDBException {
		this.place = null;
		if (!this.entries.isValid()) {
			this.entries.status();
			return;
		}
		byte[] key = this.entries.key();
		if (key.length != this.scope.length + Keys.PLACE
				|| !Arrays.equals(key, 0, this.scope.length, this.scope, 0, this.scope.length)) {
			return;
		}
		ByteReader in = new ByteReader(key, this.scope.length);
		Sequence written = new Sequence(in.readFixedLong());
		Sequence sequence = (this.only != null) ? this.only : written;
		if (!sequence.isAfter(this.upTo)) {
			this.place = new JournalPlace(sequence, in.readFixedInt());
		}
	}

	@Override
	public void close() {
		this.entries.close();
	}

}
