package io.kalam.boot;

/**
 * Where the history of changes is kept.
 */
public enum JournalType {

	/** In a directory; it survives the process. */
	ROCKSDB,

	/** In the heap; it ends with the process. */
	MEMORY

}
