package io.kalam.boot;

import java.time.Duration;

import io.kalam.subscription.SubscriptionEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The history of changes.
 *
 * @param type where history is kept: in a directory or in memory. In a directory unless
 * set, if org.rocksdb:rocksdbjni is there; in memory if it is not, and beside an embedded
 * Postgres without a data-directory
 * @param directory directory in which history is kept, in a sub-directory that has the
 * name of the replication slot and is used by one process at a time; made if its parent
 * is there
 * @param maxSize how much history is kept; 4GB unless set, 64MB in memory
 * @param maxAge how long history is kept
 * @param syncDelay how long a transaction waits for others that are written to the disk
 * together with it
 * @param syncSize how much is written to the disk without waiting for more
 * @param maxUnwritten how much heap may wait to be written to the disk; beyond that,
 * capture waits
 * @param cacheSize memory outside the heap for what is read of the disk, and as much
 * again for what is written
 * @param resumeCollapseAfter how many changes a client may have missed that it is told
 * commit by commit when it resumes; of more it is told the last state of each row. Never
 * unless set
 */
public record KalamJournalProperties(@Nullable JournalType type, @DefaultValue("kalam-journal") String directory,
		@Nullable DataSize maxSize, @DefaultValue("24h") Duration maxAge, @DefaultValue("20ms") Duration syncDelay,
		@DefaultValue("1MB") DataSize syncSize, @DefaultValue("16MB") DataSize maxUnwritten,
		@DefaultValue("32MB") DataSize cacheSize, @Nullable Long resumeCollapseAfter) {

	public KalamJournalProperties {
		PropertyChecks.directory("journal.directory", directory);
		if (maxSize != null) {
			PropertyChecks.positive("journal.max-size", maxSize);
		}
		PropertyChecks.positive("journal.max-age", maxAge);
		PropertyChecks.notNegative("journal.sync-delay", syncDelay);
		PropertyChecks.positive("journal.sync-size", syncSize);
		PropertyChecks.positive("journal.max-unwritten", maxUnwritten);
		PropertyChecks.positive("journal.cache-size", cacheSize);
		if (resumeCollapseAfter != null) {
			PropertyChecks.positive("journal.resume-collapse-after", resumeCollapseAfter);
		}
	}

	long collapseAfter() {
		return (this.resumeCollapseAfter != null) ? this.resumeCollapseAfter : SubscriptionEngine.NEVER;
	}

}
