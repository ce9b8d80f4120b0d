package io.kalam.operations;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableLineage;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.TestTransactions;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;
import io.kalam.partition.RealtimeTables;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveHub;
import io.kalam.testing.TestEngine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When an owner is purged, and when not.
 */
class OwnerPurgeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Partition ANN = TestTransactions.partition(TestTransactions.TICKETS, "ann");

	private static final Partition BOB = TestTransactions.partition(TestTransactions.TICKETS, "bob");

	private final RealtimeTables tables = new RealtimeTables();

	private final LiveHub hub = new LiveHub();

	private final ChangeJournal journal = new MemoryJournal(1 << 20, Duration.ofHours(1), Clock.systemUTC(),
			Sequence.ZERO);

	@BeforeEach
	void remember() {
		this.tables.replace(List.of(new LiveTable(TestEngine.owned("tickets", "owner"), TestTransactions.TICKETS,
				TestTransactions.TICKETS.table().column("owner"), new TableLineage("a test"))));
		this.journal.append(List
			.of(TestTransactions.transaction(5, TestTransactions.insert(0, TestTransactions.TICKETS, "ann", "hers"),
					TestTransactions.insert(1, TestTransactions.TICKETS, "bob", "his"))));
		this.hub.start(new Sequence(5));
	}

	@Test
	void waitsForWhatWasCommittedBefore() {
		CompletableFuture<Void> purged = operations(Mono.just(Lsn.parse("0/9"))).purge("ann").toFuture();
		assertThat(this.journal.serves(ANN, Sequence.ZERO)).isTrue();
		assertThat(purged).isNotDone();
		this.journal.advance(new Sequence(9));
		this.hub.advance(new Sequence(9));
		Awaitility.await().atMost(PATIENCE).until(purged::isDone);
		assertThat(purged).isCompleted();
		assertThat(this.journal.serves(ANN, new Sequence(8))).isFalse();
		assertThat(this.journal.serves(ANN, new Sequence(9))).isTrue();
		assertThat(this.journal.serves(BOB, Sequence.ZERO)).isTrue();
	}

	@Test
	void purgesNothingWhereChangesAreNotStreamed() {
		Mono<Lsn> away = Mono.error(new DatabaseUnavailableException("Another process reads the slot", null));
		assertThatExceptionOfType(DatabaseUnavailableException.class)
			.isThrownBy(() -> operations(away).purge("ann").block(PATIENCE));
		assertThat(this.journal.serves(ANN, Sequence.ZERO)).isTrue();
	}

	@Test
	void knowsNothingOfAStranger() {
		operations(Mono.just(Lsn.parse("0/5"))).purge("nobody").block(PATIENCE);
		assertThat(this.journal.serves(ANN, Sequence.ZERO)).isTrue();
	}

	private OwnerPurge operations(Mono<Lsn> heartbeat) {
		return new OwnerPurge(this.tables, this.journal, this.hub, () -> heartbeat);
	}

}
