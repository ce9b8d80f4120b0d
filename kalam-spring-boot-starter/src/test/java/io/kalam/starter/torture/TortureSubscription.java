package io.kalam.starter.torture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.kalam.sequence.Sequence;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A subscription of a client over all of its connections: what it holds, where it is, and
 * every commit that it has been told since it was last compared with Postgres.
 */
final class TortureSubscription {

	private final TortureQuery query;

	private final String user;

	private HeldRows rows = new HeldRows();

	private List<Told> history = new ArrayList<>();

	private final Set<Long> inSnapshot = new HashSet<>();

	private Sequence since;

	private Sequence applied;

	private Sequence cursor;

	private Sequence previous;

	private String epoch;

	private Stored stored;

	private boolean live;

	private boolean loading;

	TortureSubscription(TortureQuery query, String user) {
		this.query = query;
		this.user = user;
	}

	TortureQuery query() {
		return this.query;
	}

	String user() {
		return this.user;
	}

	HeldRows rows() {
		return this.rows;
	}

	List<Told> history() {
		return this.history;
	}

	Set<Long> inSnapshot() {
		return this.inSnapshot;
	}

	/**
	 * The position behind which it has been told everything, but for what its snapshot
	 * had.
	 */
	Sequence since() {
		return this.since;
	}

	Sequence cursor() {
		return this.cursor;
	}

	String epoch() {
		return this.epoch;
	}

	Sequence previous() {
		return this.previous;
	}

	boolean isLive() {
		return this.live;
	}

	void acknowledged(JsonNode ack) {
		boolean resumed = ack.get("resumed").asBoolean();
		assertThat(resumed).as("%s is resumed", this.query).isEqualTo(this.cursor != null);
		String given = ack.get("epoch").asString();
		assertThat(this.epoch == null || this.epoch.equals(given)).as("history has not changed").isTrue();
		this.epoch = given;
		if (resumed) {
			this.stored = new Stored(this.rows.copy(), List.copyOf(this.history), this.applied);
			this.previous = this.cursor;
		}
		else {
			this.rows = new HeldRows();
			this.history.clear();
			this.inSnapshot.clear();
			this.loading = true;
		}
	}

	/**
	 * Takes a batch of the snapshot.
	 * @return whether it was the last one
	 */
	boolean batch(JsonNode batch) {
		assertThat(this.loading).as("%s waits for rows", this.query).isTrue();
		for (JsonNode element : batch.get("rows")) {
			ObjectNode row = (ObjectNode) element;
			row.remove("_seq");
			this.rows.load(row);
			if (row.get("kind").asString().equals("commit")) {
				this.inSnapshot.add(Long.valueOf(row.get("commit_no").asString()));
			}
		}
		JsonNode control = batch.get("batch_control");
		if (control.get("has_more").asBoolean()) {
			return false;
		}
		this.loading = false;
		this.previous = Sequence.parse(control.get("snapshot_end_seq").asString());
		this.since = this.previous;
		this.applied = this.previous;
		return true;
	}

	/**
	 * Takes all of a commit.
	 */
	void commit(Sequence sequence, List<ObjectNode> changes, CommitBook book) {
		assertThat(sequence.isAfter(this.applied)).as("%s comes after %s", sequence, this.applied).isTrue();
		List<String> told = new ArrayList<>();
		for (ObjectNode change : changes) {
			told.addAll(this.rows.apply(change.get("op").asString(), row(change, "row"), row(change, "old")));
		}
		ObjectNode last = row(changes.get(changes.size() - 1), "row");
		assertThat(last).as("the end of commit %s in %s", sequence, this.query).isNotNull();
		assertThat(last.get("kind").asString()).as("the end of commit %s: %s", sequence, last).isEqualTo("commit");
		long number = Long.parseLong(last.get("commit_no").asString());
		assertThat(this.inSnapshot).as("commits that the snapshot had").doesNotContain(number);
		book.told(number, sequence);
		this.history.add(new Told(number, told));
		this.applied = sequence;
	}

	private static ObjectNode row(ObjectNode change, String name) {
		ObjectNode row = (ObjectNode) change.get(name);
		if (row != null) {
			row.remove("_seq");
		}
		return row;
	}

	/**
	 * Its own chain has come to a position.
	 */
	void advanceOwn(Sequence sequence) {
		this.previous = sequence;
	}

	/**
	 * It has joined the live chain.
	 */
	void joined(Sequence sequence) {
		assertThat(this.live).as("%s is live already", this.query).isFalse();
		this.live = true;
		this.stored = null;
		this.cursor = sequence;
	}

	/**
	 * The live chain has come to a position.
	 */
	void advance(Sequence sequence) {
		this.cursor = sequence;
		this.applied = this.applied.max(sequence);
	}

	/**
	 * Its connection is gone. What has no cursor is forgotten; who was catching up goes
	 * on from where it had begun, or from the last commit that it was told.
	 * @param eager whether from the last commit
	 */
	void disconnected(boolean eager) {
		if (this.stored != null && eager) {
			this.cursor = this.cursor.max(this.previous);
		}
		else if (this.stored != null) {
			this.rows = this.stored.rows();
			this.history = new ArrayList<>(this.stored.history());
			this.applied = this.stored.applied();
		}
		else if (!this.live) {
			this.cursor = null;
		}
		this.stored = null;
		this.live = false;
		this.loading = false;
	}

	/**
	 * Its cursor has been refused.
	 */
	void expired() {
		this.cursor = null;
	}

	/**
	 * It has been compared with Postgres.
	 */
	void compared() {
		this.since = this.cursor;
		this.history.clear();
		this.inSnapshot.clear();
	}

	@Override
	public String toString() {
		return this.user + ' ' + this.query + (this.live ? " live" : "") + " since " + this.since + ", cursor "
				+ this.cursor;
	}

	/**
	 * A commit that it has been told.
	 *
	 * @param number its number
	 * @param changes what it did
	 */
	record Told(long number, List<String> changes) {

	}

	/**
	 * What it had when it was resumed.
	 */
	private record Stored(HeldRows rows, List<Told> history, Sequence applied) {

	}

}
