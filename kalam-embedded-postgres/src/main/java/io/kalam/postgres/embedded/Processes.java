package io.kalam.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Processes that aren't our children. Nobody may collect their exit status, as in
 * containers whose first process doesn't; such a process has ended nevertheless.
 */
final class Processes {

	private static final long STEP_MILLIS = 10;

	private Processes() {
	}

	static boolean isRunning(ProcessHandle process) {
		return process.isAlive() && !isZombie(process.pid());
	}

	private static boolean isZombie(long pid) {
		try {
			String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
			return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Kills a process and those that it has started, at once and whatever they are doing.
	 * @param process the process
	 * @return all of them
	 */
	static List<ProcessHandle> killTree(ProcessHandle process) {
		List<ProcessHandle> tree = Stream.concat(Stream.of(process), process.descendants()).toList();
		tree.forEach(ProcessHandle::destroyForcibly);
		return tree;
	}

	/**
	 * Waits until processes have ended.
	 * @param processes the processes
	 * @param timeout the longest time to wait
	 * @return whether all have ended
	 */
	static boolean awaitEnd(Collection<ProcessHandle> processes, Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		for (ProcessHandle process : processes) {
			while (isRunning(process)) {
				if (System.nanoTime() - deadline > 0 || !waitOneStep(process)) {
					return false;
				}
			}
		}
		return true;
	}

	private static boolean waitOneStep(ProcessHandle process) {
		try {
			process.onExit().get(STEP_MILLIS, TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
