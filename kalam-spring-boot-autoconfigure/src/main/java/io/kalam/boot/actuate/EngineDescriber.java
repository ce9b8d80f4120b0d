package io.kalam.boot.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;

import io.kalam.boot.actuate.EngineDescription.Capture;
import io.kalam.boot.actuate.EngineDescription.History;
import io.kalam.boot.actuate.EngineDescription.Journal;
import io.kalam.boot.actuate.EngineDescription.Sessions;
import io.kalam.boot.actuate.EngineDescription.Slot;
import io.kalam.boot.actuate.EngineDescription.Subscription;
import io.kalam.boot.actuate.EngineDescription.Subscriptions;
import io.kalam.catalog.SlotState;
import io.kalam.event.EventStore;
import io.kalam.event.StreamStatus;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalStatus;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTables;
import io.kalam.pipeline.CaptureStatus;
import io.kalam.pipeline.PipelineStatus;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.sequence.Identity;
import io.kalam.subscription.LiveHub;
import io.kalam.subscription.SessionStatus;
import io.kalam.subscription.SubscriptionStatus;
import org.jspecify.annotations.Nullable;

/**
 * Describes the engine as it is at the moment. Asks nobody but this process.
 */
final class EngineDescriber {

	private static final int MAX_SUBSCRIPTIONS = 1000;

	private final RealtimePipeline pipeline;

	private final RealtimeTables tables;

	private final ChangeJournal journal;

	private final LiveHub hub;

	private final EventStore events;

	private final @Nullable IntSupplier connections;

	EngineDescriber(RealtimePipeline pipeline, RealtimeTables tables, ChangeJournal journal, LiveHub hub,
			EventStore events, @Nullable IntSupplier connections) {
		this.pipeline = pipeline;
		this.tables = tables;
		this.journal = journal;
		this.hub = hub;
		this.events = events;
		this.connections = connections;
	}

	EngineDescription engine() {
		PipelineStatus status = this.pipeline.status();
		CaptureStatus capture = this.pipeline.capture();
		List<SessionStatus> sessions = this.hub.sessionStatuses();
		Map<String, Boolean> inService = new TreeMap<>();
		this.tables.all()
			.forEach((table) -> inService.put(table.name().toString(), this.tables.isInService(table.name())));
		return new EngineDescription(word(status.state()), status.since().toString(),
				status.detail().isEmpty() ? null : status.detail(), (capture != null) ? capture(capture) : null,
				(capture != null) ? history(capture.identity()) : null, journal(), inService,
				(this.connections != null) ? this.connections.getAsInt() : null, sessions(sessions), counts(sessions));
	}

	private static Capture capture(CaptureStatus status) {
		SlotState slot = status.slot();
		return new Capture(seconds(status.lag()), status.lagBytes(), seconds(status.unacknowledged()),
				seconds(status.age()), status.isCatchingUp(), status.server().inserted().toString(),
				status.server().timeline(), (slot != null) ? slot(slot, status) : null);
	}

	private static Slot slot(SlotState slot, CaptureStatus status) {
		return new Slot(slot.name(), slot.activePid(), slot.walStatus(), slot.isLost(), slot.invalidationReason(),
				text(slot.confirmed()), text(slot.restart()), status.retainedBytes(), status.safeBytes(),
				status.isSlotAtRisk());
	}

	private History history(Identity identity) {
		return new History(identity.epoch().value(), identity.generation().value(), identity.incarnation().toString(),
				identity.acknowledged().toString(), this.hub.head().toString(), this.hub.visible().toString());
	}

	private @Nullable Journal journal() {
		try {
			JournalStatus status = this.journal.status();
			return new Journal(status.bytes(), status.unwritten(), status.lowWater().toString(),
					status.head().toString(), status.durable().toString(), text(status.oldest()), status.trouble());
		}
		catch (IllegalStateException ex) {
			return null;
		}
	}

	private static Sessions sessions(List<SessionStatus> sessions) {
		return new Sessions(sessions.size(),
				(int) sessions.stream().map((session) -> session.user().name()).distinct().count(),
				(int) sessions.stream().filter(SessionStatus::behind).count(),
				sessions.stream().mapToLong(SessionStatus::queuedBytes).sum());
	}

	private Map<String, Integer> counts(List<SessionStatus> sessions) {
		Map<String, Integer> counts = new TreeMap<>();
		this.tables.all().forEach((table) -> counts.put(table.name().toString(), 0));
		sessions.stream()
			.flatMap((session) -> session.subscriptions().stream())
			.forEach((subscription) -> counts.merge(subscription.query().table().name().toString(), 1, Integer::sum));
		return counts;
	}

	EngineDescription.Tables tables() {
		Map<String, Integer> counts = counts(this.hub.sessionStatuses());
		return new EngineDescription.Tables(this.tables.all()
			.stream()
			.map((table) -> table(table, counts.getOrDefault(table.name().toString(), 0)))
			.toList());
	}

	private EngineDescription.Table table(LiveTable table, int subscriptions) {
		boolean inService = this.tables.isInService(table.name());
		List<EngineDescription.Column> columns = table.rowType()
			.table()
			.columns()
			.stream()
			.map((column) -> new EngineDescription.Column(column.name(), column.type().name(),
					codec(table.rowType().codec(column)), column.nullable()))
			.toList();
		List<String> authorities = table.definition().authorities().stream().sorted().toList();
		return new EngineDescription.Table(table.name().toString(), inService, word(table.definition().type()),
				(table.owner() != null) ? table.owner().name() : null, authorities.isEmpty() ? null : authorities,
				table.rowType().table().key().stream().map((column) -> column.name()).toList(),
				identity(table, inService), table.lineage().value(), columns, subscriptions,
				table.isStream() ? events(this.events.status(table.name())) : null);
	}

	private static @Nullable String identity(LiveTable table, boolean inService) {
		if (table.isStream()) {
			return null;
		}
		return inService ? "FULL" : "unknown";
	}

	private static EngineDescription.Events events(StreamStatus status) {
		Map<String, Long> ended = new TreeMap<>();
		status.ended().forEach((end, count) -> ended.put(word(end), count));
		return new EngineDescription.Events(status.living(), status.bytes(), status.told(), ended, status.lost());
	}

	private static String codec(Object codec) {
		return codec.getClass().getSimpleName().replaceAll("Codec$", "").toLowerCase(Locale.ROOT);
	}

	Subscriptions subscriptions(Names names) {
		List<Subscription> described = new ArrayList<>();
		int omitted = 0;
		for (SessionStatus session : this.hub.sessionStatuses()) {
			for (SubscriptionStatus subscription : session.subscriptions()) {
				if (described.size() < MAX_SUBSCRIPTIONS) {
					described.add(describe(session, subscription, names));
				}
				else {
					omitted++;
				}
			}
		}
		return new Subscriptions(described, omitted);
	}

	private static Subscription describe(SessionStatus session, SubscriptionStatus subscription, Names names) {
		return new Subscription(names.of(session.user().name()), subscription.query().table().name().toString(),
				word(subscription.stage()), session.behind(), session.queuedBytes(), text(subscription.taken()),
				names.orNull(subscription.id()), names.orNull(subscription.sql()));
	}

	static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	private static double seconds(Duration duration) {
		return duration.toMillis() / 1000.0;
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

}
