package io.kalam.starter.torture;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What has happened.
 */
final class TortureCounts {

	final AtomicInteger applicationKills = new AtomicInteger();

	final AtomicInteger databaseKills = new AtomicInteger();

	final AtomicInteger commits = new AtomicInteger();

	final AtomicInteger unknownCommits = new AtomicInteger();

	final AtomicInteger connections = new AtomicInteger();

	final AtomicInteger snapshots = new AtomicInteger();

	final AtomicInteger resumes = new AtomicInteger();

	final AtomicInteger expired = new AtomicInteger();

	final AtomicInteger delivered = new AtomicInteger();

	final AtomicInteger parts = new AtomicInteger();

	final AtomicInteger comparisons = new AtomicInteger();

	@Override
	public String toString() {
		return "%s kills of the application, %s of Postgres; %s commits (%s of unknown outcome), %s connections, "
			.formatted(this.applicationKills, this.databaseKills, this.commits, this.unknownCommits, this.connections)
				+ "%s snapshots, %s resumes, %s expired; %s commits delivered (%s parts), %s comparisons".formatted(
						this.snapshots, this.resumes, this.expired, this.delivered, this.parts, this.comparisons);
	}

}
