package io.kalam.boot;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;

/**
 * Prints what blocks on a thread that must not: one of Reactor or Netty, which waits for
 * nothing, or one of those that run the sockets, which waits for nothing but our own
 * files and locks. Every place is printed once.
 */
final class BlockingCalls {

	static final String MARK = "BLOCKED ";

	/**
	 * The threads on which the sockets' own work is done.
	 */
	private static final String SOCKETS = "kalam-websocket-";

	/**
	 * What reads our files. A session is polled by its socket, so that a client's missed
	 * history is read by the thread that serves it; there are as many of them as there
	 * are processors.
	 */
	private static final Set<String> FILES = Set.of("io.kalam.journal.rocksdb.Store",
			"io.kalam.snapshot.r2dbc.SpoolFile");

	/**
	 * Our locks, of a session and of a journal, which are held while something is done in
	 * memory or read of our files. An event loop takes none of them.
	 */
	private static final Set<String> LOCKS = Set.of("io.kalam.subscription.SessionLock",
			"java.util.concurrent.locks.ReentrantLock", "java.util.concurrent.locks.ReentrantReadWriteLock$ReadLock");

	/**
	 * Frames of BlockHound and of this class.
	 */
	private static final int OWN = 3;

	private static final int DEPTH = 40;

	private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

	private BlockingCalls() {
	}

	/**
	 * Watches from now on.
	 */
	static void watch() {
		BlockHound.install(BlockingCalls::configure);
	}

	private static void configure(BlockHound.Builder builder) {
		builder.nonBlockingThreadPredicate((known) -> known.or(BlockingCalls::runsSockets))
			.blockingMethodCallback(BlockingCalls::blocked);
		files(builder);
		idleWorkers(builder);
		driver(builder);
	}

	/**
	 * What BlockHound does not know to block.
	 */
	private static void files(BlockHound.Builder builder) {
		builder.markAsBlocking("io.kalam.journal.rocksdb.Store", "get", "([B)[B")
			.markAsBlocking("io.kalam.journal.rocksdb.Store", "iterate", "(I)Lorg/rocksdb/RocksIterator;")
			.markAsBlocking("io.kalam.journal.rocksdb.Store", "write", "(Lorg/rocksdb/WriteBatch;)V")
			.markAsBlocking("io.kalam.journal.rocksdb.Store", "writeUnlogged", "(Lorg/rocksdb/WriteBatch;)V")
			.markAsBlocking("io.kalam.snapshot.r2dbc.SpoolFile", "read", "(JI)Ljava/util/List;")
			.markAsBlocking("io.kalam.snapshot.r2dbc.SpoolFile", "flush", "()V");
	}

	/**
	 * Workers wait for work, and whoever has some gives it to them under a lock that is
	 * held for a few instructions.
	 */
	private static void idleWorkers(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "getTask")
			.allowBlockingCallsInside("java.util.concurrent.LinkedBlockingQueue", "offer");
	}

	/**
	 * The R2DBC driver reads {@code /dev/urandom}, which never waits, once for each
	 * connection that authenticates with a password.
	 */
	private static void driver(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("com.ongres.scram.common.ScramFunctions", "nonce");
	}

	private static boolean locks(StackTraceElement[] stack) {
		return Arrays.stream(stack)
			.anyMatch((frame) -> frame.getMethodName().equals("lock") && LOCKS.contains(frame.getClassName()));
	}

	private static boolean runsSockets(Thread thread) {
		return thread.getName().startsWith(SOCKETS);
	}

	private static void blocked(BlockingMethod method) {
		Thread thread = Thread.currentThread();
		StackTraceElement[] stack = new Throwable().getStackTrace();
		if (runsSockets(thread) && (FILES.contains(method.getClassName()) || locks(stack))) {
			return;
		}
		String place = Arrays.stream(stack)
			.skip(OWN)
			.limit(DEPTH)
			.map(StackTraceElement::toString)
			.collect(Collectors.joining(" < "));
		if (SEEN.add(place)) {
			System.out.println(MARK + thread.getName() + ": " + method + " < " + place);
		}
	}

}
