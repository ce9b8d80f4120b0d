package io.kalam.operations;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.kalam.catalog.Lsn;
import io.kalam.journal.ChangeJournal;
import io.kalam.partition.Partition;
import io.kalam.partition.RealtimeTables;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveHub;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Forgets what history holds of an owner.
 */
final class OwnerPurge {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final Duration PAUSE = Duration.ofMillis(20);

	private final RealtimeTables tables;

	private final ChangeJournal journal;

	private final LiveHub hub;

	private final Supplier<Mono<Lsn>> heartbeat;

	/**
	 * For the history of this process.
	 * @param tables the realtime tables
	 * @param journal the journal
	 * @param hub knows the open subscriptions
	 * @param heartbeat the position of a message in the database's log, behind everything
	 * that was committed before the subscription
	 */
	OwnerPurge(RealtimeTables tables, ChangeJournal journal, LiveHub hub, Supplier<Mono<Lsn>> heartbeat) {
		this.tables = tables;
		this.journal = journal;
		this.hub = hub;
		this.heartbeat = heartbeat;
	}

	Mono<Void> purge(String owner) {
		return Mono.defer(this.heartbeat)
			.flatMap(this::reached)
			.publishOn(Schedulers.boundedElastic())
			.doOnNext((head) -> forget(owner))
			.then();
	}

	private Mono<Sequence> reached(Lsn position) {
		return Flux.interval(Duration.ZERO, PAUSE)
			.map((tick) -> this.hub.head())
			.filter((head) -> !position.isAfter(head.lsn()))
			.next()
			.timeout(PATIENCE, Mono.error(PurgeDelayedException::new));
	}

	private void forget(String owner) {
		List<Partition> partitions = this.tables.all()
			.stream()
			.filter((table) -> table.owner() != null)
			.map((table) -> table.partitionOf(owner))
			.filter(Objects::nonNull)
			.toList();
		this.journal.purge(partitions);
		this.hub.purge(partitions);
	}

}
