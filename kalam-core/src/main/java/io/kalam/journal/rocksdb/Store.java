package io.kalam.journal.rocksdb;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.TickerType;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One open RocksDB: a column family for what is known of the whole, and one for each
 * segment, the index of whose files is in parts, as the cache could not hold it whole.
 * Many threads may read; writing, dropping and closing are for one at a time, the last
 * two for one that nobody reads beside.
 * <p>
 * The log is recovered up to its last whole record in the order in which it was written.
 * What a torn or damaged record cuts off is missing as a whole, and the position, which
 * is part of every record, tells so.
 */
final class Store implements AutoCloseable {

	private static final int BUFFERS = 4;

	/**
	 * How many files of a segment are merged at once, or more. At RocksDB's 4, merging
	 * takes nearly twice as much of the processor.
	 */
	private static final int MERGED_FROM = 8;

	private static final long LOG_FILE = 1 << 20;

	private final List<AutoCloseable> natives = new ArrayList<>();

	private final Map<Integer, ColumnFamilyHandle> segments = new ConcurrentHashMap<>();

	private final ColumnFamilyOptions family;

	private final Statistics statistics;

	private final WriteOptions synced;

	private final WriteOptions unlogged;

	private final ReadOptions reading;

	private final ColumnFamilyHandle root;

	private final RocksDB db;

	private Store(Path directory, long cache) throws RocksDBException {
		try {
			Cache blocks = keep(new LRUCache(cache));
			this.family = keep(family(blocks, cache));
			this.statistics = keep(new Statistics());
			this.statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
			this.synced = keep(new WriteOptions().setSync(true));
			this.unlogged = keep(new WriteOptions().setDisableWAL(true));
			this.reading = keep(new ReadOptions());
			DBOptions options = keep(options(cache).setStatistics(this.statistics));
			List<ColumnFamilyHandle> handles = new ArrayList<>();
			List<ColumnFamilyDescriptor> names = names(directory);
			this.db = RocksDB.open(options, directory.toString(), names, handles);
			this.root = handles.get(0);
			for (int i = 1; i < handles.size(); i++) {
				this.segments.put(ByteBuffer.wrap(names.get(i).getName()).getInt(), handles.get(i));
			}
		}
		catch (RocksDBException ex) {
			release();
			throw ex;
		}
	}

	/**
	 * Opens what is in a directory, or makes something empty there.
	 */
	static Store open(Path directory, long cache) throws RocksDBException {
		RocksDB.loadLibrary();
		return new Store(directory, cache);
	}

	/**
	 * Removes what is in a directory that is not open.
	 */
	static void destroy(Path directory) throws RocksDBException {
		try (Options options = new Options()) {
			RocksDB.destroyDB(directory.toString(), options);
		}
	}

	private List<ColumnFamilyDescriptor> names(Path directory) throws RocksDBException {
		List<ColumnFamilyDescriptor> names = new ArrayList<>();
		names.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, this.family));
		if (directory.resolve("CURRENT").toFile().exists()) {
			try (Options options = new Options()) {
				for (byte[] name : RocksDB.listColumnFamilies(options, directory.toString())) {
					if (name.length == Integer.BYTES) {
						names.add(new ColumnFamilyDescriptor(name, this.family));
					}
				}
			}
		}
		return names;
	}

	private static DBOptions options(long cache) {
		return new DBOptions().setCreateIfMissing(true)
			.setParanoidChecks(true)
			.setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
			.setDbWriteBufferSize(cache)
			.setMaxTotalWalSize(2 * cache)
			.setMaxBackgroundJobs(2)
			.setMaxOpenFiles(256)
			.setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
			.setMaxLogFileSize(LOG_FILE)
			.setKeepLogFileNum(2)
			.setStatsDumpPeriodSec(0);
	}

	private static ColumnFamilyOptions family(Cache blocks, long cache) {
		BlockBasedTableConfig table = new BlockBasedTableConfig().setBlockCache(blocks)
			.setCacheIndexAndFilterBlocks(true)
			.setIndexType(IndexType.kTwoLevelIndexSearch);
		return new ColumnFamilyOptions().setWriteBufferSize(Math.max(1 << 20, cache / BUFFERS))
			.setArenaBlockSize(1 << 16)
			.setCompressionType(CompressionType.LZ4_COMPRESSION)
			.setLevel0FileNumCompactionTrigger(MERGED_FROM)
			.setParanoidFileChecks(true)
			.setTableFormatConfig(table);
	}

	private <T extends AutoCloseable> T keep(T made) {
		this.natives.add(made);
		return made;
	}

	byte @Nullable [] get(byte[] key) throws RocksDBException {
		return this.db.get(this.root, key);
	}

	/**
	 * Visits the entries of the root that are of a kind.
	 */
	void visit(byte kind, BiConsumer<byte[], byte[]> visitor) throws RocksDBException {
		try (RocksIterator entries = this.db.newIterator(this.root, this.reading)) {
			for (entries.seek(new byte[] { kind }); entries.isValid(); entries.next()) {
				byte[] key = entries.key();
				if (key[0] != kind) {
					return;
				}
				visitor.accept(key, entries.value());
			}
			entries.status();
		}
	}

	List<Integer> segments() {
		return List.copyOf(this.segments.keySet());
	}

	/**
	 * A segment's handle, made if there is none.
	 */
	ColumnFamilyHandle segment(int number) throws RocksDBException {
		ColumnFamilyHandle known = this.segments.get(number);
		if (known == null) {
			byte[] name = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
			known = this.db.createColumnFamily(new ColumnFamilyDescriptor(name, this.family));
			this.segments.put(number, known);
		}
		return known;
	}

	RocksIterator iterate(int segment) {
		return this.db.newIterator(Objects.requireNonNull(this.segments.get(segment)), this.reading);
	}

	ColumnFamilyHandle root() {
		return this.root;
	}

	/**
	 * Writes, and waits for the disk.
	 */
	void write(WriteBatch batch) throws RocksDBException {
		this.db.write(this.synced, batch);
	}

	/**
	 * Notes in which format the rest is written.
	 */
	void writeFormat(int format) throws RocksDBException {
		this.db.put(this.root, this.synced, Keys.VERSION, new ByteWriter().writeFixed(format).toBytes());
	}

	/**
	 * Writes what need not outlive the process before it is {@linkplain #persist
	 * persisted}.
	 */
	void writeUnlogged(WriteBatch batch) throws RocksDBException {
		this.db.write(this.unlogged, batch);
	}

	/**
	 * Moves a segment from memory into files, and waits for the disk.
	 */
	void persist(int segment) throws RocksDBException {
		persist(segment(segment));
	}

	void persistRoot() throws RocksDBException {
		persist(this.root);
	}

	private void persist(ColumnFamilyHandle handle) throws RocksDBException {
		try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
			this.db.flush(options, handle);
		}
	}

	/**
	 * Begins to move a segment that is complete from memory into files.
	 */
	void release(int segment) throws RocksDBException {
		try (FlushOptions options = new FlushOptions().setWaitForFlush(false).setAllowWriteStall(true)) {
			this.db.flush(options, segment(segment));
		}
	}

	/**
	 * Rewrites the files with a range of keys, so that nothing is left of what was
	 * deleted.
	 */
	void compact(int segment, byte[] from, byte[] to) throws RocksDBException {
		try (CompactRangeOptions options = new CompactRangeOptions()
			.setBottommostLevelCompaction(BottommostLevelCompaction.kForce)) {
			this.db.compactRange(segment(segment), from, to, options);
		}
	}

	void drop(int segment) throws RocksDBException {
		ColumnFamilyHandle handle = this.segments.get(segment);
		if (handle != null) {
			this.db.dropColumnFamily(handle);
			this.segments.remove(segment);
			handle.close();
		}
	}

	/**
	 * How often the log was made durable since it was opened.
	 */
	long syncs() {
		return this.statistics.getTickerCount(TickerType.WAL_FILE_SYNCED);
	}

	@Override
	public void close() {
		this.segments.values().forEach(ColumnFamilyHandle::close);
		this.segments.clear();
		this.root.close();
		this.db.close();
		release();
	}

	private void release() {
		for (int i = this.natives.size() - 1; i >= 0; i--) {
			try {
				this.natives.get(i).close();
			}
			catch (Exception ex) {
				throw new IllegalStateException("Closing memory outside the heap does not fail", ex);
			}
		}
		this.natives.clear();
	}

}
