package io.kalam.snapshot.r2dbc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kalam.partition.LiveTable;
import io.kalam.query.SqlCondition;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.r2dbc.RandomWriter.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotVisibilityIntegrationTests {

	private static final long SEED = 42;

	private static final int WRITERS = 4;

	private static final int SNAPSHOTS = 300;

	private final SnapshotDatabase database = new SnapshotDatabase();

	@TempDir
	private Path directory;

	@Test
	void theRowsAreTheEffectsOfTheTransactionsThatTheSnapshotSees() throws Exception {
		this.database.execute("CREATE TABLE tickets (id int8 PRIMARY KEY, owner text, title text)");
		LiveTable tickets = this.database.table("tickets", "owner");
		AtomicBoolean stop = new AtomicBoolean();
		List<RandomWriter> writers = new ArrayList<>();
		List<Future<Void>> running = new ArrayList<>();
		ExecutorService executor = Executors.newFixedThreadPool(WRITERS);
		List<Taken> taken;
		try (R2dbcSnapshotReader reader = new R2dbcSnapshotReader(this.database.settings,
				SnapshotDatabase.settings(this.directory, 3, 2000), () -> Sequence.ZERO)) {
			for (int i = 0; i < WRITERS; i++) {
				RandomWriter writer = new RandomWriter(this.database.settings, SEED + i, i, stop);
				writers.add(writer);
				running.add(executor.submit(writer));
			}
			taken = take(reader, tickets);
			stop.set(true);
			for (Future<Void> writer : running) {
				writer.get(30, TimeUnit.SECONDS);
			}
		}
		finally {
			stop.set(true);
			executor.shutdownNow();
		}
		assertThat(taken).hasSize(SNAPSHOTS);
		assertThat(taken.stream().map((one) -> one.snapshot.visibility().toString()).distinct().count())
			.isGreaterThan(SNAPSHOTS / 10);
		taken.forEach((one) -> check(one, writers));
	}

	private static List<Taken> take(R2dbcSnapshotReader reader, LiveTable tickets) {
		return Flux.range(0, SNAPSHOTS).flatMap((i) -> {
			String owner = RandomWriter.OWNERS.get(i % 2);
			SqlCondition different = new SqlCondition("($1)::int8 >= 0", List.of(String.valueOf(i)));
			return reader.read(SnapshotDatabase.request(tickets, owner, different, 0))
				.flatMap((snapshot) -> snapshot.rows(0, Integer.MAX_VALUE)
					.map((rows) -> new Taken(owner, snapshot, rows.stream().map(SnapshotDatabase::parse).toList()))
					.doFinally((signal) -> snapshot.release()));
		}, 3).collectList().block(SnapshotDatabase.WAIT.multipliedBy(4));
	}

	private static void check(Taken one, List<RandomWriter> writers) {
		Map<String, String> expected = new HashMap<>();
		for (RandomWriter writer : writers) {
			Map<Long, String[]> state = Map.of();
			for (Entry entry : writer.log()) {
				if (entry.committed() && one.snapshot.visibility().sees(entry.xid())) {
					assertThat(one.snapshot.fence().isAfter(entry.before())).as("seed %d", SEED).isTrue();
					state = entry.state();
				}
			}
			state.forEach((id, row) -> {
				if (row[0].equals(one.owner)) {
					expected.put(String.valueOf(id), row[1]);
				}
			});
		}
		Map<String, String> actual = new HashMap<>();
		one.rows.forEach((row) -> actual.put(row.get("id").asString(), row.get("title").asString()));
		assertThat(actual).as("seed %d, snapshot %s", SEED, one.snapshot.visibility()).isEqualTo(expected);
	}

	private record Taken(String owner, Snapshot snapshot, List<JsonNode> rows) {

	}

}
