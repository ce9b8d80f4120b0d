package io.kalam.snapshot.r2dbc;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How snapshots are read.
 *
 * @param maxConcurrent how many are read at the same time, each on a connection of its
 * own
 * @param acquireTimeout how long a read waits for its turn, and for a new connection
 * @param queryTimeout how long a read may take once it has a connection
 * @param lockTimeout how long a read waits for a table that is being altered
 * @param idleTimeout how long an unused connection stays open
 * @param memory how many bytes of one result are held in memory, the rest being in a file
 * @param directory where those files are
 * @param applicationName the name under which the reads appear in
 * {@code pg_stat_activity}
 */
public record SnapshotSettings(int maxConcurrent, Duration acquireTimeout, Duration queryTimeout, Duration lockTimeout,
		Duration idleTimeout, int memory, Path directory, String applicationName) {

	/**
	 * Eight at a time, 30 seconds each, one megabyte of memory each.
	 */
	public static final SnapshotSettings DEFAULTS = new SnapshotSettings(8, Duration.ofSeconds(30),
			Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(30), 1 << 20,
			Path.of(System.getProperty("java.io.tmpdir")), "kalam-snapshot");

	public SnapshotSettings {
		Assert.isTrue(maxConcurrent > 0, "maxConcurrent must be positive");
		Assert.isTrue(acquireTimeout.toMillis() > 0, "acquireTimeout must be positive");
		Assert.isTrue(queryTimeout.toMillis() > 0, "queryTimeout must be positive");
		Assert.isTrue(lockTimeout.toMillis() > 0, "lockTimeout must be positive");
		Assert.isTrue(memory >= 0, "memory must not be negative");
	}

}
