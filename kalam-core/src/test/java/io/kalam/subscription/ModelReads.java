package io.kalam.subscription;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.kalam.query.LiveQuery;
import io.kalam.query.PlacedRow;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.subscription.ModelDatabase.Item;
import reactor.core.publisher.Mono;

/**
 * Snapshots of the model's database: taken a while after they are asked for, and handed
 * over a while after they were taken.
 */
final class ModelReads implements SnapshotReader {

	private final Random random;

	private final ModelDatabase database;

	private final LiveHub hub;

	private final ModelAccess access;

	private final List<Runnable> reads = new ArrayList<>();

	private final List<Runnable> deliveries = new ArrayList<>();

	ModelReads(Random random, ModelDatabase database, LiveHub hub, ModelAccess access) {
		this.random = random;
		this.database = database;
		this.hub = hub;
		this.access = access;
	}

	/**
	 * Whether nobody waits for a snapshot.
	 */
	boolean isEmpty() {
		return this.reads.isEmpty() && this.deliveries.isEmpty();
	}

	/**
	 * Takes or hands over one, or does nothing.
	 */
	void step() {
		List<Runnable> some = this.random.nextBoolean() ? this.reads : this.deliveries;
		if (!some.isEmpty()) {
			some.remove(this.random.nextInt(some.size())).run();
		}
	}

	@Override
	public Mono<Snapshot> read(SnapshotRequest request) {
		return Mono.create((sink) -> this.reads.add(() -> {
			Snapshot taken = take(request);
			this.deliveries.add(() -> sink.success(taken));
		}));
	}

	private Snapshot take(SnapshotRequest request) {
		ModelQuery query = ModelQuery.ALL.stream()
			.filter((candidate) -> this.access.granted(candidate, request.query()) != null)
			.findFirst()
			.orElseThrow();
		ModelAccess.Grant grant = this.access.granted(query, request.query());
		String owner = request.partition().owner();
		List<byte[]> rows = query
			.rows(this.database.visibleRows()
				.stream()
				.filter((item) -> (owner == null || owner.equals(item.owner())) && grant.allows(item)),
					ModelWorld.SPARE)
			.stream()
			.map((item) -> bytes(query, request.query(), item))
			.toList();
		return new ModelSnapshot(this.hub.visible(), this.database.visibility(), this.database.insertPosition(), rows);
	}

	private static byte[] bytes(ModelQuery query, LiveQuery live, Item item) {
		byte[] row = query.json(item).getBytes(StandardCharsets.UTF_8);
		return query.isWindow() ? PlacedRow.write(live.ordering(), (column) -> item.text(column.name()), row) : row;
	}

	@Override
	public void close() {
	}

}
