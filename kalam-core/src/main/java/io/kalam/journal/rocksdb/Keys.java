package io.kalam.journal.rocksdb;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

import io.kalam.catalog.TableName;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * How things are called in the store. A segment has the marks of its transactions and
 * their changes, of which those of a partition stand together in order, as no partition's
 * name is the beginning of another's.
 */
final class Keys {

	static final byte[] VERSION = { 'V' };

	static final byte[] POSITION = { 'P' };

	static final byte TYPE = 'T';

	static final byte SEGMENT = 'S';

	static final byte PURGED = 'X';

	static final byte MARK = 'm';

	static final byte CHANGE = 'd';

	private static final int WHOLE_TABLE = 0;

	private static final int SHARED = 1;

	private static final int OWNED = 2;

	private static final int UNOWNED = 3;

	private static final int ALL = 4;

	/** How long a change's key is behind its partition. */
	static final int PLACE = Long.BYTES + Integer.BYTES;

	private Keys() {
	}

	static byte[] numbered(byte kind, int number) {
		return new ByteWriter().writeByte(kind).writeFixed(number).toBytes();
	}

	static byte[] mark(Sequence sequence) {
		return new ByteWriter().writeByte(MARK).writeFixed(sequence.value()).toBytes();
	}

	/**
	 * The key of a purge: does not tell whose it is.
	 */
	static ByteBuffer purged(Partition partition) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(partition(partition));
			return ByteBuffer.allocate(1 + digest.getDigestLength()).put(PURGED).put(digest.digest()).flip();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	static byte[] partition(Partition partition) {
		return name(CHANGE, partition.table(), partition);
	}

	static byte[] table(TableName table) {
		return name(CHANGE, table, null);
	}

	/**
	 * What the keys of all scopes of a table begin with.
	 */
	static byte[] scopes(TableName table) {
		byte[] first = table(table);
		return Arrays.copyOf(first, first.length - 1);
	}

	/**
	 * The scope of a change's key.
	 */
	static byte[] scopeOf(byte[] change) {
		return Arrays.copyOf(change, change.length - PLACE);
	}

	/**
	 * The partition of a scope.
	 * @param table its table
	 * @param scope the scope
	 * @return the partition, {@code null} for the whole table
	 */
	static @Nullable Partition partition(TableName table, byte[] scope) {
		ByteReader in = new ByteReader(scope, scopes(table).length);
		int kind = in.readByte();
		return switch (kind) {
			case WHOLE_TABLE -> null;
			case SHARED -> Partition.shared(table);
			case OWNED -> new Partition(table, in.readText());
			case UNOWNED -> Partition.unowned(table);
			default -> throw new IllegalArgumentException("No scope is of kind " + kind);
		};
	}

	static byte[] scope(RoutedChange change) {
		return name(CHANGE, change.change().table(), change.partition());
	}

	static byte[] change(byte[] scope, long sequence, int ordinal) {
		byte[] key = Arrays.copyOf(scope, scope.length + PLACE);
		ByteBuffer.wrap(key, scope.length, PLACE).putLong(sequence).putInt(ordinal);
		return key;
	}

	/**
	 * The first key behind all that begin with a scope.
	 */
	static byte[] end(byte[] scope) {
		byte[] end = Arrays.copyOf(scope, scope.length + PLACE + 1);
		Arrays.fill(end, scope.length, end.length, (byte) 0xFF);
		return end;
	}

	private static byte[] name(byte kind, TableName table, @Nullable Partition partition) {
		ByteWriter out = new ByteWriter().writeByte(kind).writeText(table.schema()).writeText(table.name());
		if (partition == null) {
			return out.writeByte(WHOLE_TABLE).toBytes();
		}
		return switch (partition.scope()) {
			case OWNER -> out.writeByte(OWNED).writeText(String.valueOf(partition.owner())).toBytes();
			case SHARED -> out.writeByte(SHARED).toBytes();
			case UNOWNED -> out.writeByte(UNOWNED).toBytes();
			case ALL -> out.writeByte(ALL).toBytes();
		};
	}

}
