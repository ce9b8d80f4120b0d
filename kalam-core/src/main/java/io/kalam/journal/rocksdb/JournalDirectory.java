package io.kalam.journal.rocksdb;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.stream.Stream;

import io.kalam.catalog.ServerState;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.FileSystemUtils;

/**
 * The directory in which a journal is kept: made for its owner alone, checked before it
 * is used, and moved aside when it is damaged.
 */
final class JournalDirectory {

	private static final Logger logger = LoggerFactory.getLogger(JournalDirectory.class);

	private static final int FORMAT = 1;

	private static final String ELSEWHERE = "or set kalam.journal.directory to another directory.";

	private final RocksJournalSettings settings;

	private final Path path;

	JournalDirectory(RocksJournalSettings settings) {
		this.settings = settings;
		this.path = settings.directory().toAbsolutePath().normalize();
	}

	/**
	 * Opens what is there, or begins something empty.
	 */
	StoredHistory open(Clock clock) {
		prepare();
		checkUndamaged();
		Store store = openStore();
		try {
			checkFormat(store);
			return new StoredHistory(this.settings, clock, store);
		}
		catch (RocksDBException | IllegalArgumentException | IndexOutOfBoundsException ex) {
			store.close();
			throw new JournalCorruptedException(this.path, String.valueOf(ex.getMessage()), ex);
		}
		catch (RuntimeException ex) {
			store.close();
			throw ex;
		}
	}

	/**
	 * Takes the right to use it, if nobody has it. Makes it if it is not there.
	 * @return the lock, {@code null} if another process has it
	 */
	@Nullable DirectoryLock tryLock() {
		prepare();
		try {
			DirectoryLock lock = DirectoryLock.tryTake(this.path);
			if (lock != null) {
				DirectoryHolder.clear(this.path);
			}
			return lock;
		}
		catch (IOException ex) {
			throw unlockable(ex);
		}
	}

	/**
	 * Says for which database it is used, by whoever has the lock.
	 */
	void hold(ServerState server) {
		try {
			DirectoryHolder.of(FORMAT, server).write(this.path);
		}
		catch (IOException ex) {
			logger.debug("Others are not told who uses {}", this.path, ex);
		}
	}

	/**
	 * Who uses it.
	 * @param server the database for which we wait
	 * @return a sentence about the process for which it is worth waiting
	 */
	String holder(ServerState server) {
		try {
			DirectoryHolder holder = DirectoryHolder.read(this.path);
			if (holder == null) {
				return "The directory " + this.path + " of the journal is in use by another process";
			}
			if (!holder.isFor(server)) {
				throw new JournalDirectoryException(this.path,
						"is in use by another process (" + holder.process() + ") for another database",
						"Give this application a slot of its own (kalam.postgres.slot), " + ELSEWHERE, null);
			}
			checkFormat(holder.format());
			return "The directory " + this.path + " of the journal is in use by another process (" + holder.process()
					+ ")";
		}
		catch (IOException ex) {
			throw unwritable(ex);
		}
	}

	private JournalDirectoryException unlockable(IOException cause) {
		return new JournalDirectoryException(this.path, "can't be locked: " + cause.getMessage(), "Let user "
				+ System.getProperty("user.name") + " write it, on a file system whose locks work, " + ELSEWHERE,
				cause);
	}

	private void prepare() {
		Path parent = this.path.getParent();
		if (parent != null && !Files.isDirectory(parent)) {
			throw new JournalDirectoryException(this.path, "can't be made, as " + parent + " is no directory",
					"Make it (mkdir -p '" + parent + "') " + ELSEWHERE, null);
		}
		try {
			if (this.path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
				Files.createDirectory(this.path,
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
			}
			else {
				Files.createDirectory(this.path);
			}
		}
		catch (FileAlreadyExistsException ex) {
			if (!Files.isDirectory(this.path)) {
				throw new JournalDirectoryException(this.path, "is a file", "Remove it, " + ELSEWHERE, ex);
			}
		}
		catch (IOException ex) {
			throw unwritable(ex);
		}
		if (!Files.isWritable(this.path)) {
			throw unwritable(null);
		}
	}

	private void checkUndamaged() {
		if (lacksItsBeginning()) {
			throw new JournalCorruptedException(this.path, "the file CURRENT is missing", null);
		}
		if (hasDamagedLog()) {
			throw new JournalCorruptedException(this.path, "its log is not only torn at its end", null);
		}
	}

	private boolean hasDamagedLog() {
		try {
			return WriteAheadLog.isDamaged(this.path);
		}
		catch (IOException ex) {
			throw unwritable(ex);
		}
	}

	private boolean lacksItsBeginning() {
		if (Files.exists(this.path.resolve("CURRENT"))) {
			return false;
		}
		try (Stream<Path> files = Files.list(this.path)) {
			return files.map((file) -> file.getFileName().toString())
				.anyMatch((name) -> name.endsWith(".sst") || name.endsWith(".log") || name.startsWith("MANIFEST-"));
		}
		catch (IOException ex) {
			throw unwritable(ex);
		}
	}

	private JournalDirectoryException unwritable(@Nullable IOException cause) {
		return new JournalDirectoryException(this.path, "can't be written by user " + System.getProperty("user.name"),
				"Give it to that user (chown), " + ELSEWHERE, cause);
	}

	private Store openStore() {
		try {
			return Store.open(this.path, this.settings.cache());
		}
		catch (RocksDBException ex) {
			String message = String.valueOf(ex.getMessage());
			if (message.contains("lock ")) {
				throw new JournalDirectoryException(this.path, "is in use by another process",
						"Stop that process, give this one a directory of its own, " + ELSEWHERE, ex);
			}
			if (isDamage(ex) || !isFailure(ex)) {
				throw new JournalCorruptedException(this.path, message, ex);
			}
			throw new JournalDirectoryException(this.path, "can't be opened: " + message,
					"Make room on its disk or mend its permissions, " + ELSEWHERE, ex);
		}
	}

	/**
	 * Whether it is what was stored that is wrong, and trying again does not help.
	 */
	static boolean isDamage(RocksDBException ex) {
		return ex.getStatus() != null && ex.getStatus().getCode() == Status.Code.Corruption;
	}

	private static boolean isFailure(RocksDBException ex) {
		return ex.getStatus() != null && ex.getStatus().getCode() == Status.Code.IOError;
	}

	private void checkFormat(Store store) throws RocksDBException {
		byte[] written = store.get(Keys.VERSION);
		if (written == null) {
			if (store.get(Keys.POSITION) != null) {
				throw new IllegalArgumentException("The number of its format is missing");
			}
			store.writeFormat(FORMAT);
			return;
		}
		checkFormat(new ByteReader(written).readFixedInt());
	}

	private void checkFormat(int format) {
		if (format > FORMAT) {
			throw new JournalDirectoryException(this.path,
					"was written by a later version of Kalam (format " + format + ", known: " + FORMAT + ")",
					"Use that version, remove the directory (clients then read new snapshots), " + ELSEWHERE, null);
		}
	}

	/**
	 * Empties the directory. Nothing in it may be open. Without the file that goes first
	 * the rest counts as damaged, so that nothing is made of a part of it.
	 */
	void clear() throws RocksDBException, IOException {
		Files.deleteIfExists(this.path.resolve("CURRENT"));
		Store.destroy(this.path);
	}

	/**
	 * Moves the directory aside, in the place of one that was moved aside earlier.
	 */
	void moveAside() {
		Path aside = this.path.resolveSibling(this.path.getFileName() + ".damaged");
		try {
			FileSystemUtils.deleteRecursively(aside);
			Files.move(this.path, aside, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new JournalDirectoryException(this.path, "is damaged and can't be moved to " + aside,
					"Remove it, " + ELSEWHERE, ex);
		}
	}

	/**
	 * How many bytes the files take.
	 */
	long size() {
		try (Stream<Path> files = Files.list(this.path)) {
			return files.mapToLong((file) -> file.toFile().length()).sum();
		}
		catch (IOException ex) {
			return 0;
		}
	}

}
