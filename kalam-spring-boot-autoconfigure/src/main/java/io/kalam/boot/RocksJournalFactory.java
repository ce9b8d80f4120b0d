package io.kalam.boot;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;

import io.kalam.journal.JournalListener;
import io.kalam.journal.rocksdb.JournalDirectoryException;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.journal.rocksdb.SharedJournal;
import org.rocksdb.RocksDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.unit.DataSize;

/**
 * Opens the durable journal. Loaded only where its library is.
 */
final class RocksJournalFactory {

	private static final Logger logger = LoggerFactory.getLogger(RocksJournalFactory.class);

	private static final DataSize LARGE = DataSize.ofGigabytes(4);

	private static final String LOAD_LIBRARY = "Let java.io.tmpdir (or the environment's ROCKSDB_SHAREDLIB_DIR) be a "
			+ "directory that can be written and from which libraries may be loaded (no noexec), "
			+ "or set kalam.journal.type=memory.";

	private final KalamJournalProperties properties;

	private final JournalListener listener;

	RocksJournalFactory(KalamJournalProperties properties, JournalListener listener) {
		this.properties = properties;
		this.listener = listener;
	}

	/**
	 * Opens the journal in the slot's own directory, if no other process has it.
	 * @param parent where the directories of all slots are; made if it is not there
	 * @param slot the name of the slot
	 * @return a journal that may have to be taken yet
	 */
	SharedJournal open(Path parent, String slot) {
		loadLibrary();
		Path root = parent.toAbsolutePath().normalize();
		makeDirectory(root);
		RocksJournalSettings settings = settings(root.resolve(slot));
		SharedJournal journal = SharedJournal.open(settings, Clock.systemUTC(), this.listener);
		logger.info("The history of changes is kept in {}", settings.directory());
		return journal;
	}

	private RocksJournalSettings settings(Path directory) {
		DataSize maxSize = this.properties.maxSize();
		return new RocksJournalSettings(directory, this.properties.maxAge(),
				((maxSize != null) ? maxSize : LARGE).toBytes(), this.properties.syncDelay(),
				this.properties.syncSize().toBytes(), this.properties.maxUnwritten().toBytes(),
				this.properties.cacheSize().toBytes());
	}

	private static void makeDirectory(Path directory) {
		Path parent = directory.getParent();
		if (parent == null || !Files.isDirectory(parent)) {
			return;
		}
		try {
			Files.createDirectory(directory, ownerOnly(directory));
		}
		catch (FileAlreadyExistsException ex) {
			logger.debug("The directory {} is there", directory);
		}
		catch (IOException ex) {
			throw new JournalDirectoryException(directory, "can't be made by user " + System.getProperty("user.name"),
					"Let that user write " + parent + ", or set kalam.journal.directory to another directory.", ex);
		}
	}

	private static FileAttribute<?>[] ownerOnly(Path directory) {
		if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			return new FileAttribute<?>[0];
		}
		return new FileAttribute<?>[] {
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) };
	}

	private static void loadLibrary() {
		try {
			RocksDB.loadLibrary();
		}
		catch (RuntimeException | UnsatisfiedLinkError ex) {
			throw new JournalUnavailableException(
					"The library of the durable journal can't be loaded: " + ex.getMessage(), LOAD_LIBRARY, ex);
		}
	}

}
