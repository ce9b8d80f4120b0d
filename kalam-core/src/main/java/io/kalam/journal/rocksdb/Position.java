package io.kalam.journal.rocksdb;

import java.util.UUID;

import io.kalam.sequence.Generation;
import io.kalam.sequence.JournalIdentity;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * How far the store is.
 *
 * @param lowWater the position after which its history begins
 * @param head the position up to which all is in it
 * @param identity which history it is, {@code null} if that was never noted
 */
record Position(Sequence lowWater, Sequence head, @Nullable JournalIdentity identity) {

	byte[] toBytes() {
		ByteWriter out = new ByteWriter().writeUnsigned(this.lowWater.value())
			.writeUnsigned(this.head.value())
			.writeByte((this.identity != null) ? 1 : 0);
		if (this.identity != null) {
			out.writeByte(this.identity.generation().value())
				.writeFixed(this.identity.incarnation().getMostSignificantBits())
				.writeFixed(this.identity.incarnation().getLeastSignificantBits())
				.writeUnsigned(this.identity.heartbeat())
				.writeUnsigned(this.identity.timeline())
				.writeFixed(this.identity.systemIdentifier())
				.writeUnsigned(this.identity.databaseOid());
		}
		return out.toBytes();
	}

	static Position read(byte[] bytes) {
		ByteReader in = new ByteReader(bytes);
		Sequence lowWater = new Sequence(in.readUnsigned());
		Sequence head = new Sequence(in.readUnsigned());
		return new Position(lowWater, head, (in.readByte() == 1) ? readIdentity(in) : null);
	}

	private static JournalIdentity readIdentity(ByteReader in) {
		return new JournalIdentity(new Generation(in.readByte()), new UUID(in.readFixedLong(), in.readFixedLong()),
				in.readUnsigned(), in.readInt(), in.readFixedLong(), in.readUnsigned());
	}

}
