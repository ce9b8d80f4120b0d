package io.kalam.journal.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The right to use a directory, which one process has at a time: until it is closed, or
 * the process ends in whichever way. Unlike the lock of RocksDB it is kept while the
 * database in the directory is closed and opened again.
 */
final class DirectoryLock implements AutoCloseable {

	private static final String FILE = "kalam.lock";

	/**
	 * What this process has: the system's locks are no bar to their own process, and
	 * closing a second channel to a file releases what the first has locked.
	 */
	private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

	private final Path file;

	private final FileChannel channel;

	private DirectoryLock(Path file, FileChannel channel) {
		this.file = file;
		this.channel = channel;
	}

	/**
	 * Takes the lock, if it is to be had.
	 * @param directory a directory that is there
	 * @return the lock, {@code null} if somebody else has it
	 * @throws IOException if the directory can't be written, or files in it can't be
	 * locked
	 */
	static @Nullable DirectoryLock tryTake(Path directory) throws IOException {
		Path file = directory.toRealPath().resolve(FILE);
		if (!OURS.add(file)) {
			return null;
		}
		DirectoryLock lock = null;
		try {
			lock = tryLock(file);
			return lock;
		}
		catch (NoSuchFileException | OverlappingFileLockException ex) {
			return null;
		}
		finally {
			if (lock == null) {
				OURS.remove(file);
			}
		}
	}

	/**
	 * Locks the file, unless the directory is moved away at the same moment.
	 */
	private static @Nullable DirectoryLock tryLock(Path file) throws IOException {
		make(file);
		Object before = key(file);
		FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
		boolean locked = false;
		try {
			locked = channel.tryLock() != null && Objects.equals(before, key(file));
			return locked ? new DirectoryLock(file, channel) : null;
		}
		finally {
			if (!locked) {
				channel.close();
			}
		}
	}

	private static void make(Path file) throws IOException {
		try {
			Files.createFile(file);
		}
		catch (FileAlreadyExistsException ex) {
			return;
		}
	}

	private static @Nullable Object key(Path file) throws IOException {
		return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException("A lock could not be released", ex);
		}
		finally {
			OURS.remove(this.file);
		}
	}

}
