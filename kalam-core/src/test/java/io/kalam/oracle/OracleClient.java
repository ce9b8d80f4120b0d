package io.kalam.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.kalam.access.RealtimeUser;
import io.kalam.query.Delivery;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SessionSettings;
import io.kalam.subscription.SubscribeRequest;
import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.subscription.SubscriptionSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that does what the protocol says, for a session that is refused nothing but
 * what it may not read and told to read anew by nobody but a journal that has forgotten.
 * A commit that comes in parts is applied when its last part has come.
 */
final class OracleClient {

	private final String user;

	private final OracleServer server;

	private final SubscriptionSession session;

	private final OracleCounts counts;

	private final Map<String, Held> held = new LinkedHashMap<>();

	private final List<Held> refused = new ArrayList<>();

	private final OracleParts parts = new OracleParts();

	private final boolean slow;

	private Sequence livePrevious;

	private Sequence open;

	OracleClient(OracleServer server, String user, boolean slow, OracleCounts counts, Runnable available) {
		this.server = server;
		this.user = user;
		this.slow = slow;
		this.counts = counts;
		this.session = server.sessions()
			.open(new RealtimeUser(user, "user", Set.of(), Instant.MAX),
					new SessionSettings(true, 100, slow ? 2000 : 1 << 20), available);
	}

	String user() {
		return this.user;
	}

	boolean isSlow() {
		return this.slow;
	}

	SubscriptionSession session() {
		return this.session;
	}

	Map<String, Held> held() {
		return this.held;
	}

	/**
	 * What has ended because its user may not read it.
	 */
	List<Held> refused() {
		return this.refused;
	}

	void subscribe(String id, Held begun, int batchSize) {
		this.counts.subscriptions.incrementAndGet();
		this.held.put(id, begun);
		String from = (begun.cursor != null) ? begun.cursor.toString() : null;
		Wanted wanted = begun.wanted();
		begun.access().requested(this.server, this.user);
		this.session.subscribe(
				new SubscribeRequest(id, begun.query().sql(), begun.query().params(), wanted.snapshot() || from != null,
						batchSize, wanted.lastRows(), from, begun.epoch, true, wanted.pull(), Wanted.delivery(id)));
	}

	/**
	 * Ends a subscription.
	 * @return what it held
	 */
	Held unsubscribe(String id) {
		this.session.unsubscribe(id);
		this.parts.forget(id);
		return this.held.remove(id);
	}

	void accessChanged(OracleTable table) {
		this.held.values()
			.stream()
			.filter((rows) -> rows.query().table() == table)
			.forEach((rows) -> rows.access().changed(this.server.denies(this.user, table)));
	}

	/**
	 * Takes an event.
	 * @return whether there was one
	 */
	boolean step() {
		SubscriptionEvent event = this.session.poll();
		if (event == null) {
			return false;
		}
		try {
			take(event);
		}
		catch (AssertionError ex) {
			throw new AssertionError(
					EventText.of("User " + this.user + (this.slow ? ", slow:" : ":"), this.held, event), ex);
		}
		return true;
	}

	private void take(SubscriptionEvent event) {
		if (event instanceof Acknowledged acknowledged) {
			acknowledged(acknowledged, held(acknowledged.id()));
		}
		else if (event instanceof Batch batch) {
			batch(batch, held(batch.id()));
		}
		else if (event instanceof Transaction transaction) {
			transaction(transaction);
		}
		else if (event instanceof Mark mark) {
			mark(mark);
		}
		else if (event instanceof Reset reset) {
			boolean refill = reset.reason() == Reset.Reason.WINDOW && held(reset.id()).query().isWindow();
			boolean purge = reset.reason() == Reset.Reason.POLICY && held(reset.id()).isGoverned();
			assertThat(reset.purge()).isEqualTo(purge);
			assertThat(refill || purge || (this.server.isForgetful() && reset.reason() == Reset.Reason.EXPIRED))
				.as("may be reset")
				.isTrue();
			(purge ? this.counts.purges : refill ? this.counts.refills : this.counts.resets).incrementAndGet();
			this.parts.forget(reset.id());
			held(reset.id()).reset();
		}
		else if (event instanceof Failed failed) {
			failed(failed);
		}
	}

	private void failed(Failed failed) {
		Held rows = this.held.remove(failed.id());
		assertThat(rows).as("%s, which has failed", failed.id()).isNotNull();
		(rows.access().ended(failed.code()) ? this.counts.revoked : this.counts.denied).incrementAndGet();
		this.parts.forget(failed.id());
		this.refused.add(rows);
	}

	private void acknowledged(Acknowledged acknowledged, Held rows) {
		(acknowledged.resumed() ? this.counts.resumes : this.counts.snapshots).incrementAndGet();
		Sequence from = rows.wantsToResumeFrom();
		boolean foreign = rows.isForeign(this.server.process());
		assertThat(acknowledged.resumed() && foreign).as("events of another process are continued").isFalse();
		if (!acknowledged.resumed() && from != null) {
			boolean stream = rows.query().table().isStream();
			assertThat((stream ? foreign : this.server.hasForgotten(from))
					|| rows.access().isOutdated(this.server.accessVersion(this.user, rows.query().table())))
				.as("whether %s can't be continued", from)
				.isTrue();
			this.counts.refusals.incrementAndGet();
		}
		this.counts.readmitted.addAndGet(rows.access().acknowledged() ? 1 : 0);
		rows.process = this.server.process();
		rows.acknowledged(acknowledged.epoch().value(), acknowledged.resumed(), acknowledged.snapshot());
	}

	private void batch(Batch batch, Held rows) {
		assertThat(batch.rows().isEmpty() || !rows.access().mustBePurged()).as("rows of before").isTrue();
		rows.batch(batch.number(), batch.rows());
		if (!batch.hasMore()) {
			rows.previous = batch.boundary();
			rows.check();
		}
	}

	/**
	 * A commit of the live chain of which the last part has not come is void when
	 * something else comes: every subscription that was live has been reset.
	 */
	private void beginLive(Sequence sequence) {
		if (this.open != null && !this.open.equals(sequence)) {
			assertThat(this.parts.live()).as("parts of a commit without its end").isEmpty();
			this.livePrevious = this.open;
			this.open = null;
		}
	}

	private void transaction(Transaction transaction) {
		if (transaction.id() == null) {
			beginLive(transaction.sequence());
			this.open = transaction.last() ? null : transaction.sequence();
		}
		assertThat(transaction.previous()).as("the previous event of the chain").isEqualTo(previous(transaction.id()));
		transaction.changes()
			.forEach((change) -> assertThat(held(change.id()).access().mustBePurged()).as("a change of before")
				.isFalse());
		transaction.folded().forEach((id, count) -> {
			assertThat(Wanted.delivery(id)).as("what changes are left out of").isEqualTo(Delivery.LATEST);
			this.counts.folded.addAndGet(count);
		});
		List<SubscriptionChange> changes = this.parts.add(transaction);
		if (changes == null) {
			this.counts.parts.incrementAndGet();
			return;
		}
		changes.forEach((change) -> {
			Held rows = held(change.id());
			assertThat(rows.live).as("whether it has joined the live chain").isEqualTo(transaction.id() == null);
			rows.apply(change);
			this.counts.changed(rows.query().table(), change);
		});
		if (transaction.id() == null) {
			this.counts.live.incrementAndGet();
			advance(transaction.sequence());
		}
		else {
			assertThat(transaction.changes()).allMatch((change) -> change.id().equals(transaction.id()));
			this.counts.caughtUp.incrementAndGet();
			held(transaction.id()).previous = transaction.sequence();
			held(transaction.id()).check();
		}
	}

	private void mark(Mark mark) {
		if (mark.id() == null) {
			beginLive(mark.sequence());
		}
		assertThat(mark.previous()).as("the previous event of the chain").isEqualTo(previous(mark.id()));
		if (mark.id() == null) {
			advance(mark.sequence());
		}
		else {
			assertThat(mark.sequence()).as("joins where the live chain is").isEqualTo(this.livePrevious);
			Held rows = held(mark.id());
			assertThat(rows.live).isFalse();
			rows.live = true;
			rows.cursor = mark.sequence();
		}
	}

	private Sequence previous(String id) {
		return (id != null) ? held(id).previous : this.livePrevious;
	}

	private void advance(Sequence sequence) {
		assertThat(this.livePrevious == null || !this.livePrevious.isAfter(sequence)).as("the live chain goes back")
			.isTrue();
		this.livePrevious = sequence;
		this.held.values().stream().filter((rows) -> rows.live).forEach((rows) -> {
			rows.cursor = sequence;
			rows.check();
		});
	}

	private Held held(String id) {
		Held rows = this.held.get(id);
		assertThat(rows).as("%s, which is none of %s", id, new TreeSet<>(this.held.keySet())).isNotNull();
		assertThat(rows.access().mustEnd()).as("something of %s, which may not be read", id).isFalse();
		return rows;
	}

	/**
	 * Whether everything up to a position has been told.
	 */
	boolean isCompleteUpTo(Sequence sequence) {
		return this.held.values().stream().allMatch((rows) -> rows.isCompleteUpTo(sequence));
	}

}
