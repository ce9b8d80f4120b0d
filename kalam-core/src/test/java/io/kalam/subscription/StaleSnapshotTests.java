package io.kalam.subscription;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.partition.Partition;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.sequence.Epoch;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.subscription.SubscriptionEvent.Batch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A snapshot that has come, and waits for the session while the session begins anew,
 * perhaps because other rows may be read now: it is not taken for the one that is read
 * then.
 */
class StaleSnapshotTests extends LatestWorld {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final List<MonoSink<Snapshot>> reads = new ArrayList<>();

	@Test
	void isNotTakenForTheOneThatIsReadThen() {
		this.session = (LiveSession) new SubscriptionEngine(this.tables, new LiveQueryParser(QueryLimits.DEFAULT),
				new AccessDecider(), new Reads(), this.journal, this.hub, () -> new Epoch("epoch"), Mono.never(),
				Mono.empty(), SubscriptionEngine.NEVER)
			.open(new RealtimeUser("ann", "user", Set.of(), Instant.MAX), new SessionSettings(true, 10, 1000), () -> {
			});
		this.session.subscribe(new SubscribeRequest("s", ALL_ROWS, List.of(), true, 10, 0, null, null, false, false));
		Thread delivery = new Thread(() -> this.reads.get(0).success(snapshot("old")));
		this.session.resume(() -> {
			delivery.start();
			Awaitility.await("it waits for the session")
				.atMost(PATIENCE)
				.until(() -> delivery.getState() == Thread.State.WAITING);
			this.hub.purge(List.of(Partition.shared(ModelDatabase.NAME)));
		});
		Awaitility.await("it was delivered").atMost(PATIENCE).until(() -> !delivery.isAlive());
		assertThat(this.reads).hasSize(2);
		assertThat(batches()).isEmpty();
		this.reads.get(1).success(snapshot("new"));
		assertThat(batches()).containsExactly("[new]");
	}

	private List<String> batches() {
		List<String> rows = new ArrayList<>();
		for (SubscriptionEvent event = this.session.poll(); event != null; event = this.session.poll()) {
			if (event instanceof Batch batch) {
				rows.add(batch.rows()
					.stream()
					.map((row) -> new String(row, StandardCharsets.UTF_8))
					.toList()
					.toString());
			}
		}
		return rows;
	}

	private static Snapshot snapshot(String row) {
		return new ModelSnapshot(at(100), new TransactionSnapshot(100, 100, new long[0]), new Lsn(100),
				List.of(row.getBytes(StandardCharsets.UTF_8)));
	}

	private final class Reads implements SnapshotReader {

		@Override
		public Mono<Snapshot> read(SnapshotRequest request) {
			return Mono.create(StaleSnapshotTests.this.reads::add);
		}

		@Override
		public void close() {
		}

	}

}
