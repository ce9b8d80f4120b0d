package io.kalam.subscription;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.kalam.access.RealtimeUser;
import io.kalam.query.Delivery;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.ModelDatabase.Item;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that does what the protocol says, and checks at every event all that can be
 * checked: the chains, and that its rows are those of the database at the sequence that
 * it was told.
 */
final class ModelClient {

	private final ModelDatabase database;

	private final SubscriptionSession session;

	private final ModelAccess access;

	private final String user;

	private final Set<ErrorCode> refusals;

	final Map<String, Held> held = new LinkedHashMap<>();

	final Map<String, Integer> counts = new TreeMap<>();

	private final Map<String, JsonNode> parsed = new HashMap<>();

	private final List<Part> parts = new ArrayList<>();

	private int confirmed;

	private int polls;

	private Sequence open;

	private Sequence livePrevious;

	/**
	 * A client.
	 * @param refusals what may be answered to a good request
	 */
	ModelClient(ModelDatabase database, SubscriptionSessions sessions, ModelAccess access, RealtimeUser user,
			long maxBuffer, Set<ErrorCode> refusals) {
		this.database = database;
		this.refusals = refusals;
		this.access = access;
		this.user = user.name();
		this.session = sessions.open(user, new SessionSettings(true, 20, maxBuffer), () -> {
		});
	}

	String user() {
		return this.user;
	}

	/**
	 * It was decided again for everything that there was, by what the user could read
	 * then or later.
	 */
	void confirmed(int version) {
		this.confirmed = Math.max(this.confirmed, version);
	}

	private void assertMayRead(Held rows) {
		assertThat(this.access.since(this.user, this.confirmed)).as("what may be read").contains(rows.grant);
	}

	SubscriptionSession session() {
		return this.session;
	}

	void subscribe(String id, Held next, Held resumed, int batchSize, boolean snapshotIfExpired) {
		String from = null;
		String epoch = null;
		if (resumed != null && resumed.cursor != null) {
			next.rows.putAll(resumed.rows);
			next.resumedFrom = resumed.cursor;
			from = resumed.cursor.toString();
			epoch = resumed.epoch;
		}
		this.held.put(id, next);
		this.session.subscribe(new SubscribeRequest(id, next.query.sql(), List.of(), true, batchSize, 0, from, epoch,
				snapshotIfExpired, false, next.delivery));
	}

	void unsubscribe(String id) {
		this.session.unsubscribe(id);
		forgetParts(this.held.remove(id));
	}

	/**
	 * Takes an event.
	 * @return whether there was one
	 */
	boolean step() {
		SubscriptionEvent event = next();
		if (event == null) {
			return false;
		}
		this.counts.merge(event.getClass().getSimpleName(), 1, Integer::sum);
		if (event instanceof Acknowledged acknowledged) {
			acknowledged(acknowledged);
		}
		else if (event instanceof Batch batch) {
			batch(batch);
		}
		else if (event instanceof Transaction transaction) {
			transaction(transaction);
		}
		else if (event instanceof Mark mark) {
			mark(mark);
		}
		else if (event instanceof Reset reset) {
			Held rows = held(reset.id());
			forgetParts(rows);
			rows.restart();
			assertThat(reset.purge()).isEqualTo(reset.reason() == Reset.Reason.POLICY);
			if (reset.purge()) {
				rows.rows.clear();
			}
			this.counts.merge(reset.reason().name(), 1, Integer::sum);
		}
		else if (event instanceof Failed failed) {
			assertThat(this.refusals).as(failed.message()).contains(failed.code());
			this.counts.merge(failed.code().name(), 1, Integer::sum);
			forgetParts(this.held.remove(failed.id()));
		}
		return true;
	}

	/**
	 * Polls by turns as an event loop and as a worker do.
	 */
	private SubscriptionEvent next() {
		this.polls++;
		SubscriptionEvent event = null;
		if (this.polls % 2 == 0 && this.session.isInMemory()) {
			event = this.session.pollMemory();
			this.counts.merge((event != null) ? "from memory" : "not from memory", 1, Integer::sum);
		}
		return (event != null) ? event : this.session.poll();
	}

	private void forgetParts(Held rows) {
		this.parts.removeIf((part) -> part.held() == rows);
	}

	private void acknowledged(Acknowledged acknowledged) {
		Held rows = held(acknowledged.id());
		assertThat(acknowledged.resumed() && rows.query.isWindow()).as("a window is resumed").isFalse();
		rows.epoch = acknowledged.epoch().value();
		rows.grant = this.access.granted(rows.query, acknowledged.query());
		if (!acknowledged.resumed()) {
			rows.restart();
			rows.rows.clear();
		}
		else {
			rows.previous = rows.resumedFrom;
			rows.resumed = true;
		}
	}

	private void batch(Batch batch) {
		Held rows = held(batch.id());
		assertThat(batch.number()).isEqualTo(rows.batches++);
		for (byte[] row : batch.rows()) {
			assertMayRead(rows);
			JsonNode json = parse(row);
			assertThat(rows.rows.put(json.get("id").asString(), json)).as("row twice in a snapshot").isNull();
		}
		if (!batch.hasMore()) {
			rows.previous = batch.boundary();
		}
	}

	/**
	 * Parts of a commit are kept until its last one has come, and are void if it never
	 * comes.
	 */
	private void transaction(Transaction transaction) {
		transaction.changes().forEach((change) -> assertMayRead(held(change.id())));
		transaction.folded().forEach((id, count) -> held(id).fold(count));
		ModelDelivery.check(transaction, this::held, this::parse, this.counts);
		if (transaction.id() == null) {
			voidParts(transaction.sequence());
			assertThat(transaction.previous()).as("live chain").isEqualTo(this.livePrevious);
			assertThat(this.livePrevious == null || transaction.sequence().isAfter(this.livePrevious)).as("live chain")
				.isTrue();
			transaction.changes().forEach((change) -> this.parts.add(new Part(held(change.id()), change)));
			this.open = transaction.last() ? null : transaction.sequence();
			if (transaction.last()) {
				this.parts.forEach((part) -> part.held().apply(part.change(), true, this::parse));
				this.parts.clear();
				this.livePrevious = transaction.sequence();
				checkLive(transaction.sequence(), false);
			}
		}
		else {
			Held rows = held(transaction.id());
			assertThat(rows.live).isFalse();
			assertThat(transaction.previous()).as("own chain").isEqualTo(rows.previous);
			rows.parts.addAll(transaction.changes());
			if (transaction.last()) {
				rows.parts.forEach((change) -> rows.apply(change, false, this::parse));
				rows.parts.clear();
				checkResumed(rows, transaction);
				rows.previous = transaction.sequence();
			}
		}
	}

	/**
	 * What was resumed is exact at each of its commits, and not only once it is live.
	 */
	private void checkResumed(Held rows, Transaction transaction) {
		if (rows.resumed) {
			assertHolds(rows, transaction.sequence(), true);
			if (rows.delivery == Delivery.LATEST) {
				rows.checkCount(changes(rows, rows.previous, transaction.sequence()), 0);
			}
			if (this.database.commitsBetween(rows.previous.lsn(), transaction.sequence().lsn()) > 1) {
				this.counts.merge("Several commits at once", 1, Integer::sum);
			}
		}
	}

	private void voidParts(Sequence next) {
		if (this.open != null && !this.open.equals(next)) {
			this.livePrevious = this.open;
			this.open = null;
			this.parts.clear();
		}
	}

	private void mark(Mark mark) {
		if (mark.id() == null) {
			voidParts(mark.sequence());
			assertThat(mark.previous()).as("live chain").isEqualTo(this.livePrevious);
			this.livePrevious = mark.sequence();
			checkLive(mark.sequence(), true);
		}
		else {
			Held rows = held(mark.id());
			assertThat(mark.previous()).as("own chain").isEqualTo(rows.previous);
			assertThat(mark.sequence()).as("joins where the live chain is").isEqualTo(this.livePrevious);
			rows.live = true;
			checkLive(mark.sequence(), true);
		}
	}

	/**
	 * A window may be short after a commit, but not when it is marked.
	 */
	private void checkLive(Sequence sequence, boolean marked) {
		for (Held rows : this.held.values()) {
			if (rows.live) {
				rows.checkCount(sequence, (after) -> changes(rows, after, sequence));
				rows.cursor = sequence;
				assertHolds(rows, sequence, marked || !rows.query.isWindow());
			}
		}
	}

	private long changes(Held rows, Sequence after, Sequence upTo) {
		return this.database.changesBetween(after.lsn(), upTo.lsn(),
				(item) -> (isMine(item) && rows.grant.allows(item) && rows.query.predicate().test(item))
						? rows.query.json(item) : null);
	}

	private void assertHolds(Held rows, Sequence sequence, boolean all) {
		Map<String, JsonNode> expected = new TreeMap<>();
		rows.query.rows(
				this.database.rowsAt(sequence.lsn()).stream().filter((item) -> isMine(item) && rows.grant.allows(item)),
				0)
			.forEach((item) -> expected.put(Long.toString(item.id()), parse(rows.query.json(item))));
		if (!all) {
			expected.keySet().retainAll(rows.rows.keySet());
		}
		assertThat(new TreeMap<>(rows.rows)).as("rows of %s at %s", rows.query.sql(), sequence).isEqualTo(expected);
	}

	private boolean isMine(Item item) {
		return this.database.table.owner() == null || this.user.equals(item.owner());
	}

	private Held held(String id) {
		Held rows = this.held.get(id);
		assertThat(rows).as("an event for %s, of %s", id, new TreeSet<>(this.held.keySet())).isNotNull();
		return rows;
	}

	private JsonNode parse(byte[] json) {
		return parse(new String(json, StandardCharsets.UTF_8));
	}

	private JsonNode parse(String json) {
		return this.parsed.computeIfAbsent(json, JsonMapper.shared()::readTree);
	}

	private record Part(Held held, SubscriptionChange change) {

	}

}
