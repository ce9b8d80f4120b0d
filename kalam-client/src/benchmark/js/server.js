/**
 * A server in a thread of its own, which costs the page nothing but its messages: answers the first frames of a client, sends
 * a snapshot, and then so many commits a second, each of one change. What a table must hold in the end it knows too.
 */
const BATCH = 1_000;
const FIRST_SEQ = 26_800_000;
const TICK_MS = 4;
const STATUSES = ["open", "in_progress", "done"];

/** The versions of the rows, by id. @type {Map<number, number>} */
const versions = new Map();
let seq = FIRST_SEQ;
let subscription = "";
let random = 1;

function rowOf(id, version) {
	return {
		id: String(id),
		title: `Ticket ${id}, as it is written for the ${version}th time`,
		status: STATUSES[version % STATUSES.length],
		assignee_id: "alice",
		updated_at: "2026-01-01T00:00:00Z",
		version,
	};
}

/** The next of a sequence that is the same in every round. */
function pick(count) {
	random = (random * 48_271) % 2_147_483_647;
	return random % count;
}

function tell(frame) {
	postMessage(JSON.stringify(frame));
}

function snapshot(count) {
	const columns = { id: "int8", title: "text", status: "text", assignee_id: "text", updated_at: "timestamptz", version: "int4" };
	const schema = Object.entries(columns).map(([name, type], index) => ({ name, data_type: "Text", index, flags: [], pg_type: type }));
	tell({ type: "subscription_ack", subscription_id: subscription, batch_control: { batch_num: 0, has_more: true }, schema, key: ["id"], epoch: "e", resumed: false });
	for (let first = 0; first < count; first += BATCH) {
		const ids = Array.from({ length: Math.min(BATCH, count - first) }, (_, index) => first + index);
		ids.forEach((id) => versions.set(id, 0));
		const control = { batch_num: first / BATCH, has_more: first + BATCH < count, snapshot_end_seq: String(seq) };
		tell({ type: "initial_data_batch", subscription_id: subscription, rows: ids.map((id) => rowOf(id, 0)), batch_control: control });
	}
	tell({ type: "mark", seq: String(seq), prev: null });
	tell({ type: "mark", subscription_id: subscription, seq: String(seq), prev: String(seq) });
}

/** Nine of ten commits change a row; the others add one, or take the oldest away. */
function change(number, count) {
	const ids = { subscription_id: subscription };
	if (number % 20 === 9) {
		const id = count + number;
		versions.set(id, 0);
		return { ...ids, op: "insert", row: rowOf(id, 0) };
	}
	if (number % 20 === 19) {
		const id = versions.keys().next().value;
		const old = rowOf(id, versions.get(id));
		versions.delete(id);
		return { ...ids, op: "delete", old };
	}
	let id = pick(count);
	while (!versions.has(id)) {
		id = pick(count);
	}
	const version = versions.get(id) + 1;
	versions.set(id, version);
	const { title, status, version: before } = rowOf(id, version - 1);
	return { ...ids, op: "update", row: rowOf(id, version), old: { id: String(id), title, status, version: before } };
}

function commit(number, count) {
	const prev = seq;
	seq += 8;
	tell({ type: "transaction", seq: String(seq), prev: String(prev), commit_time: "2026-01-01T00:00:00Z", last: true, changes: [change(number, count)] });
}

/** Sends commits as they fall due; what is late is made up for at once. */
function run({ rows, perSecond, seconds }) {
	const began = performance.now();
	let sent = 0;
	const timer = setInterval(() => {
		const due = Math.min(seconds * perSecond, Math.floor(((performance.now() - began) * perSecond) / 1_000));
		while (sent < due) {
			commit(sent++, rows);
		}
		if (sent === seconds * perSecond) {
			clearInterval(timer);
			postMessage({ done: { rows: versions.size, sum: [...versions.values()].reduce((sum, version) => sum + version, 0) } });
		}
	}, TICK_MS);
}

onmessage = ({ data }) => {
	if (data.run) {
		run(data.run);
	} else if (data.message.type === "authenticate") {
		tell({ type: "auth_success", version: 1, user: "alice", protocol: { transactions: true }, server_time: "2026-01-01T00:00:00Z", expires_at: "2026-01-01T10:00:00Z" });
	} else if (data.message.type === "subscribe") {
		subscription = data.message.subscription.id;
		snapshot(data.rows);
	} else if (data.message.type === "ping") {
		tell({ type: "pong" });
	}
};
