package io.kalam.oracle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionChange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client holds of a subscription. Checks of every change that it fits what is
 * held, down to the old values. A subscription that does not begin with all rows knows
 * nothing of the others until they change.
 */
final class Held {

	static final String OTHER_EPOCH = "of-another-history";

	private final OracleQuery query;

	private final String user;

	private final Map<String, String> rows = new HashMap<>();

	private final Set<String> gone = new HashSet<>();

	private final Wanted wanted;

	private boolean whole;

	private boolean filled;

	private final List<String> loaded = new ArrayList<>();

	Sequence cursor;

	String epoch;

	private boolean loading;

	boolean live;

	private int batches;

	Sequence previous;

	private Sequence resumedFrom;

	int process;

	private HeldAccess access;

	Held(OracleQuery query, String user, Wanted wanted) {
		this.query = query;
		this.user = user;
		this.wanted = wanted;
		this.access = new HeldAccess(query.table());
	}

	/**
	 * What another client of the same user can resume from.
	 */
	Held copy(boolean pull) {
		Held copy = new Held(this.query, this.user, new Wanted(this.wanted.snapshot(), this.wanted.lastRows(), pull));
		copy.rows.putAll(this.rows);
		copy.gone.addAll(this.gone);
		copy.whole = this.whole;
		copy.cursor = this.cursor;
		copy.epoch = this.epoch;
		copy.resumedFrom = this.cursor;
		copy.access = this.access.copy();
		copy.process = this.process;
		return copy;
	}

	boolean isGoverned() {
		return this.query.table().isGoverned();
	}

	/**
	 * Whether what it holds was told by another process, and so is nothing that this one
	 * could continue.
	 */
	boolean isForeign(int process) {
		return this.query.table().isStream() && this.process != process;
	}

	/**
	 * What asks again when it may: from where it was, or from the beginning.
	 */
	Held again() {
		if (this.live) {
			return copy(this.wanted.pull());
		}
		Held again = new Held(this.query, this.user, this.wanted);
		again.access = this.access.copy();
		return again;
	}

	HeldAccess access() {
		return this.access;
	}

	Wanted wanted() {
		return this.wanted;
	}

	OracleQuery query() {
		return this.query;
	}

	Set<String> rows() {
		return new TreeSet<>(this.rows.values());
	}

	/**
	 * The cursor that it has asked to go on from, {@code null} if it could not be served
	 * anyhow.
	 */
	Sequence wantsToResumeFrom() {
		boolean resumable = this.wanted.lastRows() == 0 && !this.query.isWindow();
		return (resumable && !OTHER_EPOCH.equals(this.epoch)) ? this.resumedFrom : null;
	}

	/**
	 * Nothing that it holds counts any more.
	 */
	void reset() {
		this.access.purged();
		this.rows.clear();
		this.gone.clear();
		this.whole = false;
		this.filled = false;
		this.loaded.clear();
		this.cursor = null;
		this.live = false;
		this.batches = 0;
		this.previous = null;
		this.resumedFrom = null;
	}

	void acknowledged(String epoch, boolean resumed, boolean snapshot) {
		assertThat(resumed && (this.wanted.lastRows() > 0 || this.query.isWindow())).as("some rows are never resumed")
			.isFalse();
		this.epoch = epoch;
		this.cursor = null;
		this.previous = resumed ? this.resumedFrom : null;
		this.loading = snapshot;
		if (!resumed && !this.filled) {
			this.rows.clear();
			this.gone.clear();
			this.whole = snapshot && this.wanted.lastRows() == 0;
		}
	}

	/**
	 * Whether everything up to a position has been told to it.
	 */
	boolean isCompleteUpTo(Sequence end) {
		return this.live && !end.isAfter(this.cursor) && !this.access.mustEnd();
	}

	/**
	 * Tells it all rows at a quiet moment, so that from then on every change has to fit.
	 */
	void fill(Set<String> all) {
		this.rows.clear();
		this.gone.clear();
		all.forEach((row) -> this.rows.put(key(row), row));
		this.whole = true;
		this.filled = this.epoch == null;
	}

	/**
	 * Which rows it has to hold.
	 * @param all the rows that the query returns
	 * @return those of which it can know
	 */
	Set<String> expected(Set<String> all) {
		return this.whole ? all : all.stream().filter((row) -> {
			String key = key(row);
			return this.rows.containsKey(key) || this.gone.contains(key);
		}).collect(Collectors.toCollection(TreeSet::new));
	}

	void batch(int number, List<byte[]> loaded) {
		assertThat(this.loading).as("a batch for who wants one").isTrue();
		assertThat(number).isEqualTo(this.batches++);
		loaded.forEach((row) -> loaded(text(row)));
		if (this.wanted.lastRows() > 0) {
			assertThat(this.rows).hasSizeLessThanOrEqualTo(this.wanted.lastRows());
		}
	}

	private void loaded(String json) {
		assertThat(this.rows.put(key(json), json)).as("a row that is twice in a snapshot").isNull();
		if (this.wanted.lastRows() > 0 && !this.query.table().isStream() && !this.loaded.isEmpty()) {
			String before = this.loaded.get(this.loaded.size() - 1);
			assertThat(this.query.table().compareKeys(parse(before), parse(json))).as("%s after %s", json, before)
				.isNegative();
		}
		this.loaded.add(json);
	}

	/**
	 * The rows of the snapshot, in the order in which they came.
	 */
	List<String> loaded() {
		return this.loaded;
	}

	void apply(SubscriptionChange change) {
		switch (change.operation()) {
			case INSERT -> insert(text(change.row()));
			case UPDATE -> update(text(change.row()), text(change.old()));
			case DELETE -> {
				String old = text(change.old());
				String before = remove(old);
				assertThat(before == null || before.equals(old)).as("what is deleted: %s, %s", old, before).isTrue();
			}
			case TRUNCATE -> {
				this.rows.clear();
				this.gone.clear();
				this.whole = true;
			}
		}
	}

	private void insert(String row) {
		String key = key(row);
		this.gone.remove(key);
		assertThat(this.rows.put(key, row)).as("what was there before an insert of %s", row).isNull();
	}

	private void update(String row, String old) {
		String before = remove(old);
		if (before != null) {
			ObjectNode rebuilt = (ObjectNode) parse(row);
			parse(old).forEachEntry(rebuilt::set);
			assertThat(rebuilt.toString()).as("the old values of %s", row).isEqualTo(parse(before).toString());
		}
		insert(row);
	}

	private String remove(String old) {
		String key = key(old);
		String before = this.rows.remove(key);
		boolean unknown = !this.whole && !this.gone.contains(key);
		assertThat(before != null || unknown).as("what is updated or deleted: %s", old).isTrue();
		this.gone.add(key);
		return before;
	}

	/**
	 * Checks what is true after every commit.
	 */
	void check() {
		if (this.query.balanced() && this.whole) {
			long sum = this.rows.values()
				.stream()
				.map(Held::parse)
				.filter((row) -> row.get("b").asString().equals("account"))
				.mapToLong((row) -> row.get("n").asLong())
				.sum();
			assertThat(sum).as("half a commit: the sum of the accounts").isZero();
		}
	}

	private String key(String json) {
		JsonNode row = parse(json);
		if (this.query.table().isOwned() && row.has("owner") && row.size() > 2) {
			assertThat(row.get("owner").asString()).as("the owner of %s", json).isEqualTo(this.user);
		}
		return this.query.table().key().stream().map((name) -> row.get(name).toString()).collect(Collectors.joining());
	}

	private static JsonNode parse(String json) {
		return JsonMapper.shared().readTree(json);
	}

	static String text(byte[] json) {
		return (json != null) ? new String(json, StandardCharsets.UTF_8) : "nothing";
	}

}
