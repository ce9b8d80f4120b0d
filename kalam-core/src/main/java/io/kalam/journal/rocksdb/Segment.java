package io.kalam.journal.rocksdb;

import java.time.Instant;

import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of history that is kept, and dropped, as a whole: some transactions, or one
 * that is large.
 *
 * @param number tells it from others
 * @param last its last transaction
 * @param begun when its first transaction was appended, in milliseconds
 * @param time when its last transaction was appended, in milliseconds
 * @param bytes how many bytes were written to it
 * @param large the large transaction that it is, or {@code null}
 */
record Segment(int number, Sequence last, long begun, long time, long bytes, @Nullable Large large) {

	Segment plus(Sequence sequence, long appended, long more) {
		return new Segment(this.number, sequence, this.begun, appended, this.bytes + more, null);
	}

	byte[] toBytes() {
		ByteWriter out = new ByteWriter().writeUnsigned(this.last.value())
			.writeSigned(this.begun)
			.writeSigned(this.time)
			.writeUnsigned(this.bytes)
			.writeByte((this.large != null) ? 1 : 0);
		if (this.large != null) {
			out.writeUnsigned(this.large.xid());
			Header.writeTime(this.large.commitTime(), out);
		}
		return out.toBytes();
	}

	static Segment read(int number, byte[] bytes) {
		ByteReader in = new ByteReader(bytes);
		Sequence last = new Sequence(in.readUnsigned());
		long begun = in.readSigned();
		long time = in.readSigned();
		long size = in.readUnsigned();
		Large large = (in.readByte() == 1) ? new Large(in.readUnsigned(), Header.readTime(in)) : null;
		return new Segment(number, last, begun, time, size, large);
	}

	/**
	 * What is known of a large transaction beside its changes.
	 *
	 * @param xid the lower 32 bits of its transaction id
	 * @param commitTime when it was committed
	 */
	record Large(long xid, Instant commitTime) {

	}

}
