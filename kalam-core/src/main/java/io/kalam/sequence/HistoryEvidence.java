package io.kalam.sequence;

import io.kalam.catalog.TimelineHistory;
import org.jspecify.annotations.Nullable;

/**
 * What {@link HistoryCheck} decides upon.
 *
 * @param sighting slot, identity and server
 * @param journal what the journal remembers, {@code null} if it is empty
 * @param timelines the way to the server's timeline
 * @param publicationOid the publication that is to be read
 * @param slotPredatesPublication whether the slot may be older than the publication
 */
public record HistoryEvidence(Sighting sighting, @Nullable JournalPosition journal, TimelineHistory timelines,
		long publicationOid, boolean slotPredatesPublication) {

	/**
	 * The same as if the journal were lost.
	 * @return the evidence that is left
	 */
	public HistoryEvidence withoutJournal() {
		return new HistoryEvidence(this.sighting, null, this.timelines, this.publicationOid,
				this.slotPredatesPublication);
	}

}
