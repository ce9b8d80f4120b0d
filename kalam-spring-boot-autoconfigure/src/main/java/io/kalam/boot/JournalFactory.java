package io.kalam.boot;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalListener;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Opens the journal that the properties ask for. Where they don't say, it is durable if
 * the library is there, except for a database that is thrown away with the process: its
 * history would be that of another database at the next start.
 */
final class JournalFactory {

	private static final Logger logger = LoggerFactory.getLogger(JournalFactory.class);

	private static final DataSize SMALL = DataSize.ofMegabytes(64);

	private static final DataSize FOR_EVENTS = DataSize.ofMegabytes(32);

	private static final Duration EVENTS_AGE = Duration.ofMinutes(10);

	private static final String LIBRARY = "org.rocksdb.RocksDB";

	private static final String ADD_LIBRARY = "Add the dependency org.rocksdb:rocksdbjni, which kalam-spring-boot-starter "
			+ "brings, or set kalam.journal.type=memory.";

	private final KalamJournalProperties properties;

	private final @Nullable ClassLoader classLoader;

	private final JournalListener listener;

	JournalFactory(KalamJournalProperties properties, @Nullable ClassLoader classLoader, JournalListener listener) {
		this.properties = properties;
		this.classLoader = classLoader;
		this.listener = listener;
	}

	/**
	 * Opens it.
	 * @param slot the name of the replication slot, which no other application has
	 * @param temporary whether the database ends with the process
	 * @return a journal that may have to be taken yet
	 */
	ChangeJournal open(String slot, boolean temporary) {
		if (type(temporary) == JournalType.ROCKSDB) {
			return new RocksJournalFactory(this.properties, this.listener).open(Path.of(this.properties.directory()),
					slot);
		}
		logger.info("The history of changes is kept in memory and ends with this process");
		return openInMemory();
	}

	/**
	 * Opens one for an application that has nothing to keep in it: no directory is
	 * touched.
	 * @return an open journal
	 */
	ChangeJournal openUnused() {
		return openInMemory();
	}

	/**
	 * Opens one for the events of streams, from which clients go on that were away for a
	 * moment.
	 * @return an open journal
	 */
	static ChangeJournal openForEvents() {
		return new MemoryJournal(FOR_EVENTS.toBytes(), EVENTS_AGE, Clock.systemUTC(), Sequence.ZERO);
	}

	private ChangeJournal openInMemory() {
		DataSize maxSize = this.properties.maxSize();
		return new MemoryJournal(((maxSize != null) ? maxSize : SMALL).toBytes(), this.properties.maxAge(),
				Clock.systemUTC(), Sequence.ZERO);
	}

	private JournalType type(boolean temporary) {
		JournalType type = this.properties.type();
		boolean present = ClassUtils.isPresent(LIBRARY, this.classLoader);
		if (type == JournalType.ROCKSDB && !present) {
			throw new JournalUnavailableException("kalam.journal.type is rocksdb, and its library is not there.",
					ADD_LIBRARY, null);
		}
		if (type != null) {
			return type;
		}
		return (present && !temporary) ? JournalType.ROCKSDB : JournalType.MEMORY;
	}

}
