package io.kalam.benchmark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * A history in a RocksDB and nothing around it: an entry for each change, whose key is
 * owner and number and whose value is a frame that tells of it. Cache, compression and
 * open files are those of the journal.
 */
final class BareHistory implements AutoCloseable {

	private static final int GROUP = 1000;

	private static final long CACHE = 32 << 20;

	private static final String CHANGE = "{\"type\":\"transaction\",\"subscription_id\":\"items\",\"seq\":\"%1$d\","
			+ "\"changes\":[{\"op\":\"insert\",\"row\":{\"id\":\"%1$d\",\"owner\":\"%2$s\",\"body\":\"%3$s\"}}]}";

	private final LRUCache cache = new LRUCache(CACHE);

	private final org.rocksdb.Options options;

	private final RocksDB db;

	private BareHistory(Path directory) throws RocksDBException {
		this.options = new org.rocksdb.Options().setCreateIfMissing(true)
			.setCompressionType(CompressionType.LZ4_COMPRESSION)
			.setMaxOpenFiles(256)
			.setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(this.cache)
				.setCacheIndexAndFilterBlocks(true)
				.setIndexType(IndexType.kTwoLevelIndexSearch));
		this.db = RocksDB.open(this.options, directory.toString());
	}

	static BareHistory open(Path directory) throws RocksDBException {
		RocksDB.loadLibrary();
		return new BareHistory(directory);
	}

	/**
	 * Writes a history.
	 * @param history the history
	 * @throws RocksDBException if it can't be written
	 */
	void fill(MissedHistory history) throws RocksDBException {
		try (WriteBatch batch = new WriteBatch(); WriteOptions writing = new WriteOptions()) {
			history.tell((number, owner, body) -> {
				batch.put(key(owner, number),
						CHANGE.formatted(number, owner, body).getBytes(StandardCharsets.US_ASCII));
				if (batch.count() == GROUP || number == history.size()) {
					this.db.write(writing, batch);
					batch.clear();
				}
			});
		}
	}

	/**
	 * Reads the changes of one owner.
	 * @param owner the owner
	 * @param after the number after which to begin
	 * @param values takes them in order
	 * @throws RocksDBException if they can't be read
	 */
	void read(String owner, long after, Consumer<byte[]> values) throws RocksDBException {
		byte[] first = key(owner, after + 1);
		int scope = first.length - Long.BYTES;
		try (RocksIterator entries = this.db.newIterator()) {
			for (entries.seek(first); entries.isValid(); entries.next()) {
				byte[] key = entries.key();
				if (key.length != first.length || !Arrays.equals(key, 0, scope, first, 0, scope)) {
					break;
				}
				values.accept(entries.value());
			}
			entries.status();
		}
	}

	private static byte[] key(String owner, long number) {
		byte[] name = owner.getBytes(StandardCharsets.US_ASCII);
		return ByteBuffer.allocate(name.length + 1 + Long.BYTES).put(name).put((byte) 0).putLong(number).array();
	}

	@Override
	public void close() {
		this.db.close();
		this.options.close();
		this.cache.close();
	}

}
