package io.kalam.journal.rocksdb;

import java.time.Instant;

import io.kalam.sequence.Sequence;

/**
 * A transaction without its changes.
 *
 * @param sequence its place in history
 * @param xid the lower 32 bits of its transaction id
 * @param commitTime when it was committed
 */
record Header(Sequence sequence, long xid, Instant commitTime) {

	void write(ByteWriter out) {
		out.writeUnsigned(this.xid);
		writeTime(this.commitTime, out);
	}

	static Header read(Sequence sequence, ByteReader in) {
		return new Header(sequence, in.readUnsigned(), readTime(in));
	}

	static void writeTime(Instant time, ByteWriter out) {
		out.writeSigned(time.getEpochSecond()).writeUnsigned(time.getNano());
	}

	static Instant readTime(ByteReader in) {
		return Instant.ofEpochSecond(in.readSigned(), in.readUnsigned());
	}

}
