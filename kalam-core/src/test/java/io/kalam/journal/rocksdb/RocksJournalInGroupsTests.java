package io.kalam.journal.rocksdb;

/**
 * The same with transactions that are written together, the staged among them.
 */
class RocksJournalInGroupsTests extends RocksJournalTests {

	@Override
	long syncBytes() {
		return 1 << 20;
	}

}
