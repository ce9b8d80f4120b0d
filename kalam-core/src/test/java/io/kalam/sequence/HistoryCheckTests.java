package io.kalam.sequence;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.ServerState;
import io.kalam.catalog.SlotState;
import io.kalam.catalog.TimelineHistory;
import io.kalam.sequence.History.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cases of the decision, one in a line. The healthy one: acknowledged up to 100, log
 * flushed up to 200, publication 11, timeline 2 that was forked from 1 at 150.
 */
class HistoryCheckTests {

	private static final UUID OURS = new UUID(0, 1);

	private static final UUID OTHER = new UUID(0, 2);

	private static final ServerState SERVER = new ServerState(170000, 7, 5, 2, new Lsn(200), new Lsn(220));

	private static final TimelineHistory TIMELINES = new TimelineHistory(2, Map.of(1, new Lsn(150)));

	static Stream<Arguments> goesOn() {
		return Stream.of(
				Arguments.of("no journal, slot at the record", slot(100), null, new History.StartEmpty(new Lsn(100))),
				Arguments.of("no journal, slot behind the record", slot(60), null, new History.StartEmpty(new Lsn(60))),
				Arguments.of("journal ahead of the slot", slot(60), journal(3, OURS, 10, 2, 120),
						new History.Continue(new Lsn(120))),
				Arguments.of("journal at the slot", slot(100), journal(3, OURS, 9, 2, 100),
						new History.Continue(new Lsn(100))),
				Arguments.of("journal ahead of the record too", slot(100), journal(3, OURS, 10, 2, 200),
						new History.Continue(new Lsn(200))),
				Arguments.of("another node of ours read on", slot(90), journal(3, OURS, 8, 2, 80),
						new History.StartEmpty(new Lsn(90))),
				Arguments.of("promotion that contains the journal", slot(60), journal(3, OURS, 10, 1, 150),
						new History.Continue(new Lsn(150))),
				Arguments.of("another node began a generation since", slot(60), journal(2, OTHER, 99, 2, 190),
						new History.StartEmpty(new Lsn(60))),
				Arguments.of("a journal of another cluster", slot(60), foreign(8, 5),
						new History.StartEmpty(new Lsn(60))),
				Arguments.of("a journal of another database", slot(60), foreign(7, 6),
						new History.StartEmpty(new Lsn(60))),
				Arguments.of("a generation of the same number", slot(60), journal(3, OTHER, 99, 2, 190),
						new History.StartEmpty(new Lsn(60))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void goesOn(String name, SlotState slot, @Nullable JournalPosition journal, History expected) {
		assertThat(decide(identity(100), slot, journal, false)).isEqualTo(expected);
	}

	static Stream<Arguments> begins() {
		return Stream.of(Arguments.of("nothing yet", null, null, null, Reason.FIRST_START, false),
				Arguments.of("a slot without a record", null, slot(60), null, Reason.IDENTITY_MISSING, false),
				Arguments.of("other cluster", identity(100, 8, 5, 11), null, null, Reason.OTHER_SERVER, false),
				Arguments.of("other cluster with a slot", identity(100, 8, 5, 11), slot(60), null, Reason.OTHER_SERVER,
						false),
				Arguments
					.of("copy of a database", identity(100, 7, 6, 11), slot(60), null, Reason.OTHER_DATABASE, false),
				Arguments.of("slot gone", identity(100), null, null, Reason.SLOT_MISSING, false),
				Arguments.of("slot gone, journal there", identity(100), null, journal(3, OURS, 9, 2, 100),
						Reason.SLOT_MISSING, false),
				Arguments.of("slot lost", identity(100), slot(60, "lost", null), null, Reason.SLOT_LOST, true),
				Arguments.of("slot invalidated", identity(100), slot(60, "reserved", "rows_removed"), null,
						Reason.SLOT_LOST, true),
				Arguments.of("other publication", identity(100, 7, 5, 10), slot(60), null, Reason.PUBLICATION_REPLACED,
						false),
				Arguments.of("slot beyond the log", identity(100), slot(201), null, Reason.SLOT_BEYOND_LOG, true),
				Arguments.of("record beyond the log", identity(201), slot(60), null, Reason.DATABASE_WENT_BACK, false),
				Arguments.of("journal beyond the log", identity(100), slot(60), journal(3, OURS, 9, 2, 201),
						Reason.DATABASE_WENT_BACK, false),
				Arguments.of("journal knows a later heartbeat", identity(100), slot(60), journal(3, OURS, 11, 2, 120),
						Reason.DATABASE_WENT_BACK, false),
				Arguments.of("journal knows a later generation", identity(100), slot(60), journal(4, OTHER, 1, 2, 120),
						Reason.DATABASE_WENT_BACK, false),
				Arguments.of("promotion that lacks the journal's end", identity(100), slot(60),
						journal(3, OURS, 10, 1, 151), Reason.DATABASE_WENT_BACK, false),
				Arguments.of("unknown timeline", identity(100), slot(60), journal(3, OURS, 10, 3, 60),
						Reason.DATABASE_WENT_BACK, false),
				Arguments.of("slot beyond the record", identity(100), slot(101), null, Reason.SLOT_MOVED, false),
				Arguments.of("slot beyond record and journal", identity(100), slot(121), journal(3, OURS, 10, 2, 120),
						Reason.SLOT_MOVED, false));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void begins(String name, @Nullable Identity identity, @Nullable SlotState slot, @Nullable JournalPosition journal,
			Reason reason, boolean replaceSlot) {
		assertThat(decide(identity, slot, journal, false)).isInstanceOfSatisfying(History.NewGeneration.class,
				(next) -> {
					assertThat(next.reason()).isEqualTo(reason);
					assertThat(next.replaceSlot()).isEqualTo(replaceSlot);
					assertThat(next.floor())
						.isEqualTo((journal != null) ? journal.identity().generation() : new Generation(0));
					assertThat(next.message()).endsWith(".");
				});
	}

	static Stream<Arguments> replacesASlotThatIsOlderThanThePublication() {
		return Stream.of(Arguments.of("no record", null, true), Arguments.of("same publication", identity(50), false),
				Arguments.of("other publication", identity(100, 7, 5, 10), true),
				Arguments.of("other cluster", identity(100, 8, 5, 10), true));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void replacesASlotThatIsOlderThanThePublication(String name, @Nullable Identity identity, boolean replaceSlot) {
		assertThat(decide(identity, slot(60), null, true)).isInstanceOfSatisfying(History.NewGeneration.class,
				(next) -> assertThat(next.replaceSlot()).isEqualTo(replaceSlot));
	}

	private static History decide(@Nullable Identity identity, @Nullable SlotState slot,
			@Nullable JournalPosition journal, boolean predates) {
		return HistoryCheck
			.decide(new HistoryEvidence(new Sighting(slot, identity, SERVER), journal, TIMELINES, 11, predates));
	}

	private static Identity identity(long acknowledged) {
		return identity(acknowledged, 7, 5, 11);
	}

	private static Identity identity(long acknowledged, long system, long database, long publication) {
		return new Identity("kalam", new Generation(3), OURS, 10, new Lsn(acknowledged), system, database, publication);
	}

	private static SlotState slot(long confirmed) {
		return slot(confirmed, "reserved", null);
	}

	private static SlotState slot(long confirmed, String walStatus, @Nullable String reason) {
		return new SlotState("kalam", "pgoutput", "desk", null, new Lsn(confirmed), new Lsn(40), walStatus, null,
				reason, false, false, false, false);
	}

	private static JournalPosition foreign(long system, long database) {
		return new JournalPosition(new JournalIdentity(new Generation(4), OURS, 99, 3, system, database), new Lsn(300));
	}

	private static JournalPosition journal(int generation, UUID incarnation, long heartbeat, int timeline,
			long durable) {
		return new JournalPosition(
				new JournalIdentity(new Generation(generation), incarnation, heartbeat, timeline, 7, 5),
				new Lsn(durable));
	}

}
