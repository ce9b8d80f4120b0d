package io.kalam.subscription;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.kalam.access.AccessDecider;
import io.kalam.catalog.Lsn;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.RealtimeTables;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

class LiveChainTests {

	private final LiveHub hub = new LiveHub();

	private final LiveFeed feed = new LiveFeed(1000, () -> {
	});

	private final LiveChain chain = new LiveChain(engine(), this.feed, 1000);

	@Test
	void markDoesNotGoBackToAHeadThatIsToldLaterThanItsTransaction() {
		this.hub.start(at(100));
		this.feed.offer(new LiveTransaction(at(200), Instant.EPOCH, List.of()));
		assertThat(this.chain.next(List.of(), null, false)).isNull();
		assertThat(this.chain.mark(this.hub.head()).sequence()).isEqualTo(at(200));
		assertThat(this.chain.mark(at(300))).isEqualTo(new SubscriptionEvent.Mark(null, at(300), at(200)));
	}

	@Test
	void whatTheHubNoLongerHoldsIsLeftToAThreadThatMayRead() {
		this.hub.start(at(100));
		assertThat(this.chain.next(List.of(), null, true)).isNull();
		assertThat(this.chain.isInMemory()).isTrue();
		this.feed.close();
		assertThat(this.chain.next(List.of(), null, true)).isNull();
		assertThat(this.chain.isInMemory()).as("it has to be read").isFalse();
		assertThat(this.feed.isOpen()).as("nothing has been read").isFalse();
		assertThat(this.chain.next(List.of(), null, false)).isNull();
		assertThat(this.chain.isInMemory()).as("it has been read").isTrue();
		assertThat(this.feed.isOpen()).isTrue();
	}

	private SubscriptionEngine engine() {
		MemoryJournal journal = new MemoryJournal(1000, Duration.ofDays(1), Clock.systemUTC(), at(100));
		return new SubscriptionEngine(new RealtimeTables(), new LiveQueryParser(QueryLimits.DEFAULT),
				new AccessDecider(), new NoSnapshots(), journal, this.hub, () -> new Epoch("epoch"), Mono.never(),
				Mono.empty(), SubscriptionEngine.NEVER);
	}

	private static Sequence at(long lsn) {
		return Sequence.of(new Generation(1), new Lsn(lsn));
	}

	private static final class NoSnapshots implements SnapshotReader {

		@Override
		public Mono<Snapshot> read(SnapshotRequest request) {
			return Mono.never();
		}

		@Override
		public void close() {
		}

	}

}
