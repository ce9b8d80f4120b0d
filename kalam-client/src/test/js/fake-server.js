/**
 * A server in memory that speaks the protocol as src/protocol says: chains, marks, joining, parts, resume. Its database
 * is a list of commits. What it sends waits until `deliver`, so that a test decides what arrives, and in between what.
 */

const FIRST_SEQ = 26_800_000n;
const GRACE_MS = 10_000;

export class FakeServer {
	/** table name → Map(key → row) */
	tables = new Map();
	/** { seq, time, changes: [{ table, op, row, old }] } */
	commits = [];
	sockets = new Set();
	/** Everything that clients sent, in order. */
	received = [];
	epoch = "epoch-1";
	/** Cursors before it can't be continued. */
	expiredUntil = 0n;
	batchSize = 1000;
	partSize = Infinity;
	refuse = false;
	dead = false;
	ttlMs = 3_600_000;
	version = 1;
	transactions = true;
	/** How it answers an authenticate: a user's name, or a close code. */
	authenticate = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString()).sub;
	/** Rewrites what is about to be sent to a socket: an array of texts. */
	tamper = (text) => [text];
	/** Whether a resume is sent what commits come to, not the commits one by one; `undefined`: it never is. */
	collapse = undefined;
	/** Whether frames reach their client by themselves. */
	auto = true;
	opened = 0;
	/** The events that sockets hold; one that has gone does so for a time of grace. */
	held = [];
	allowed = () => true;
	#seq = FIRST_SEQ;
	#clock;

	constructor(clock) {
		this.#clock = clock;
		const server = this;
		this.WebSocket = class {
			constructor(url) {
				return new FakeSocket(server, url);
			}
		};
	}

	later(run) {
		this.#clock.setTimeout(run, GRACE_MS);
	}

	get head() {
		return this.#seq;
	}

	now() {
		return new Date(Date.UTC(2026, 0, 1) + this.#clock.now()).toISOString();
	}

	table(name, columns = { id: "int8", title: "text" }, key = ["id"]) {
		this.tables.set(name, { name, columns, key, rows: new Map() });
		return this;
	}

	keyOf(table, row) {
		return JSON.stringify(this.tables.get(table).key.map((column) => row[column]));
	}

	/** Commits: `["tickets", "insert", row]`, `["tickets", "update", row, old?]`, `["tickets", "delete", row]`, `["tickets", "truncate"]`. */
	commit(...changes) {
		this.#seq += 8n;
		const told = changes.map(([name, op, row, old]) => this.#apply(name, op, row, old));
		const after = this.collapse === undefined ? null : new Map([...this.tables.keys()].map((name) => [name, this.rows(name)]));
		const commit = { seq: this.#seq, time: this.now(), changes: told, after };
		this.commits.push(commit);
		this.sockets.forEach((socket) => socket.live(commit));
		return String(this.#seq);
	}

	#apply(name, op, row, old) {
		const { rows } = this.tables.get(name);
		if (op === "truncate") {
			rows.clear();
			return { table: name, op };
		}
		const key = this.keyOf(name, old ?? row);
		const before = rows.get(key);
		rows.delete(op === "delete" || old ? key : "");
		if (op !== "delete") {
			rows.set(this.keyOf(name, row), row);
		}
		return op === "insert" ? { table: name, op, row } : op === "delete" ? { table: name, op, old: before ?? row } : { table: name, op, row, old: old ?? before };
	}

	rows(name) {
		return [...this.tables.get(name).rows.values()];
	}

	/** A heartbeat: the head moves though nothing is committed. */
	mark() {
		this.#seq += 8n;
		this.sockets.forEach((socket) => socket.markLive(this.#seq));
	}

	reset(name, { reason = "schema", purge = false } = {}) {
		this.sockets.forEach((socket) => socket.reset(name, reason, purge));
	}

	/** No cursor of before now can be continued. */
	expire() {
		this.expiredUntil = this.#seq + 1n;
	}

	drop(code = 1006) {
		[...this.sockets].forEach((socket) => socket.cut(code));
	}

	goAway(ms) {
		this.sockets.forEach((socket) => socket.tell({ type: "goaway", reason: "shutdown", retry_after_ms: ms }));
		this.drop(1001);
	}

	/** Sends something to every client as it is. */
	say(frame) {
		this.sockets.forEach((socket) => socket.tell(frame));
	}

	deliver(count = Infinity) {
		this.sockets.forEach((socket) => socket.deliver(count));
	}

	messages(type) {
		return this.received.filter((message) => message.type === type);
	}
}

class FakeSocket {
	onopen = null;
	onmessage = null;
	onclose = null;
	subscriptions = new Map();
	user = null;
	chain = null;
	queue = [];
	closed = false;
	holds = new Map();

	constructor(server, url) {
		this.server = server;
		this.url = url;
		server.opened++;
		setImmediate(() => this.#open());
	}

	#open() {
		if (this.closed || this.server.dead) {
			return;
		}
		if (this.server.refuse) {
			this.cut(1006);
			return;
		}
		this.server.sockets.add(this);
		this.onopen?.();
	}

	send(text) {
		if (this.closed || this.server.dead) {
			return;
		}
		const message = JSON.parse(text);
		this.server.received.push(message);
		setImmediate(() => this.closed || this.#receive(message));
	}

	close() {
		this.closed = true;
		this.server.sockets.delete(this);
		this.server.later(() => this.holds.forEach((event) => this.#end(event)));
	}

	cut(code) {
		if (!this.closed) {
			this.close();
			this.onclose?.({ code });
		}
	}

	tell(frame) {
		if (this.closed || this.server.dead) {
			return;
		}
		this.queue.push(...this.server.tamper(JSON.stringify(frame)));
		if (this.server.auto) {
			this.deliver();
		}
	}

	deliver(count = Infinity) {
		for (let sent = 0; sent < count && !this.isFrozen?.() && this.queue.length > 0 && !this.closed && !this.server.dead; sent++) {
			this.onmessage?.({ data: this.queue.shift() });
		}
	}

	#receive(message) {
		if (message.type === "authenticate") {
			this.#authenticate(message);
		} else if (message.type === "ping") {
			this.tell({ type: "pong", server_time: this.server.now() });
		} else if (message.type === "subscribe") {
			this.#subscribe(message.subscription);
		} else if (message.type === "publish") {
			this.#publish(message);
		} else if (message.type === "release" && this.server.busy) {
			this.tell({ type: "error", publish_id: message.id, code: "RATE_LIMIT_EXCEEDED", message: "too many wait" });
		} else if (message.type === "release") {
			this.#end(this.holds.get(message.id));
			this.holds.delete(message.id);
			this.tell({ type: "released", id: message.id });
		} else if (message.type === "unsubscribe") {
			this.subscriptions.delete(message.subscription_id);
			this.queue = this.queue.filter((text) => !text.includes(`","subscription_id":"${message.subscription_id}"`));
		}
	}

	/** A stream: rows that their senders tell, held or not. */
	#publish({ id, table, row, remove, hold }) {
		const error = this.server.unpublishable?.(table, row, this.user);
		if (error) {
			this.tell({ type: "error", publish_id: id, ...error });
			return;
		}
		const event = { table, row: { ...row, user_id: this.user } };
		const { rows } = this.server.tables.get(table);
		const before = rows.get(this.server.keyOf(table, event.row));
		if (remove) {
			this.server.commit([table, "delete", event.row]);
		} else if (JSON.stringify(before) !== JSON.stringify(event.row)) {
			this.server.commit([table, before ? "update" : "insert", event.row]);
		}
		if (hold) {
			this.server.held = this.server.held.filter((one) => one !== this.holds.get(id));
			this.server.held.push(event);
			this.holds.set(id, event);
		}
		this.tell({ type: "published", id });
	}

	/** An event ends when nobody holds it any more. */
	#end(event) {
		const { server } = this;
		const key = ({ table, row }) => table + server.keyOf(table, row);
		server.held = server.held.filter((one) => one !== event);
		if (event && !server.held.some((one) => key(one) === key(event))) {
			server.commit([event.table, "delete", event.row]);
		}
	}

	#authenticate({ token }) {
		const user = this.server.authenticate(token);
		if (typeof user === "number" || (this.user && this.user !== user)) {
			this.tell({ type: "auth_error", message: "no" });
			this.cut(typeof user === "number" ? user : 4403);
			return;
		}
		this.user = user;
		this.tell({
			type: "auth_success",
			user,
			role: "user",
			protocol: { serialization: "json", compression: "none", transactions: this.server.transactions },
			version: this.server.version,
			server_time: this.server.now(),
			expires_at: new Date(Date.parse(this.server.now()) + this.server.ttlMs).toISOString(),
		});
	}

	#subscribe({ id, sql, options }) {
		const name = /from (\w+)/i.exec(sql)?.[1];
		const where = /where (\w+) = \$1/i.exec(sql)?.[1];
		const error = this.#refusal(name, id);
		if (error) {
			this.tell({ type: "error", subscription_id: id, ...error });
			return;
		}
		const fits = where ? (row) => row[where] === options.params[0] : () => true;
		const subscription = { id, name, fits, options, live: false, chain: null };
		this.subscriptions.set(id, subscription);
		if (options.from && !options.last_rows) {
			this.#resume(subscription);
		} else {
			this.#snapshot(subscription);
		}
	}

	#refusal(name, id) {
		if (!this.server.tables.has(name) || !this.server.allowed(name, this.user)) {
			return { code: "NOT_FOUND", message: `There is no realtime table '${name}' that you may read.` };
		}
		if (this.subscriptions.has(id)) {
			return { code: "INVALID_SUBSCRIPTION_ID", message: "The id is in use." };
		}
		return this.server.refusal?.(name) ?? null;
	}

	#resume(subscription) {
		const { from, epoch, on_expired: onExpired } = subscription.options;
		const cursor = BigInt(from);
		if (epoch !== this.#epochOf(subscription) || cursor < this.server.expiredUntil || cursor > this.server.head) {
			if (onExpired === "snapshot") {
				this.#snapshot(subscription);
			} else {
				this.subscriptions.delete(subscription.id);
				this.tell({ type: "error", subscription_id: subscription.id, code: "CURSOR_EXPIRED", message: "subscribe again" });
			}
			return;
		}
		this.#acknowledge(subscription, true);
		this.#catchUp(subscription, cursor);
	}

	#epochOf({ name, options }) {
		return `${this.server.epoch}/${name}/${JSON.stringify(options.params ?? [])}/${this.user}`;
	}

	#acknowledge(subscription, resumed) {
		const { columns, key } = this.server.tables.get(subscription.name);
		this.tell({
			type: "subscription_ack",
			subscription_id: subscription.id,
			total_rows: 0,
			batch_control: { batch_num: 0, has_more: !resumed, status: resumed ? "ready" : "loading" },
			schema: Object.entries(columns).map(([column, type], index) => ({ name: column, data_type: "Text", index, flags: [], pg_type: type })),
			key,
			epoch: this.#epochOf(subscription),
			resumed,
		});
	}

	#snapshot(subscription) {
		const { server } = this;
		this.#acknowledge(subscription, false);
		subscription.staged = server.rows(subscription.name).filter(subscription.fits).slice(-(subscription.options.last_rows ?? 1e9));
		subscription.boundary = server.head;
		subscription.batch = 0;
		if (!server.slowSnapshots) {
			while (this.nextBatch(subscription));
		}
	}

	/** Sends a batch of a snapshot; whether there are more. */
	nextBatch(subscription) {
		const size = Math.min(subscription.options.batch_size ?? 1000, this.server.batchSize);
		const rows = subscription.staged.splice(0, size).map((row) => ({ ...row, _seq: String(subscription.boundary) }));
		const more = subscription.staged.length > 0;
		const number = subscription.batch++;
		this.tell({
			type: "initial_data_batch",
			subscription_id: subscription.id,
			rows,
			batch_control: {
				batch_num: number,
				has_more: more,
				status: more ? (number === 0 ? "loading" : "loading_batch") : "ready",
				last_seq_id: String(subscription.boundary),
				snapshot_end_seq: String(subscription.boundary),
			},
		});
		if (!more) {
			subscription.staged = null;
			this.#catchUp(subscription, subscription.boundary);
		}
		return more;
	}

	#catchUp(subscription, from) {
		subscription.chain = from;
		if (this.server.holdJoins) {
			return;
		}
		this.replay(subscription);
		this.join(subscription);
	}

	/** Sends what has been committed since, on the subscription's own chain. */
	replay(subscription) {
		const { server } = this;
		if (server.collapse && subscription.options.from) {
			this.#collapsed(subscription);
			return;
		}
		for (const commit of server.commits.filter(({ seq }) => seq > subscription.chain)) {
			const changes = changesFor(subscription, commit, server);
			if (changes.length > 0) {
				this.#transaction(commit, changes, String(subscription.chain), subscription.id);
				subscription.chain = commit.seq;
			}
		}
	}

	/** Sends what all commits since come to, as one. */
	#collapsed(subscription) {
		const { server } = this;
		const rowsAt = (commit) => new Map((commit?.after.get(subscription.name) ?? []).filter(subscription.fits).map((row) => [server.keyOf(subscription.name, row), row]));
		const last = server.commits.at(-1);
		const was = rowsAt(server.commits.findLast(({ seq }) => seq <= subscription.chain));
		const is = rowsAt(last);
		const id = { subscription_id: subscription.id };
		const changes = [
			...[...was].filter(([key]) => !is.has(key)).map(([, old]) => ({ ...id, op: "delete", old })),
			...[...is].flatMap(([key, row]) => (!was.has(key) ? { ...id, op: "insert", row } : JSON.stringify(was.get(key)) === JSON.stringify(row) ? [] : { ...id, op: "update", row, old: was.get(key) })),
		];
		if (changes.length > 0) {
			this.#transaction(last, changes, String(subscription.chain), subscription.id);
			subscription.chain = last.seq;
		}
	}

	join(subscription) {
		this.markLive(this.server.head);
		this.tell({ type: "mark", subscription_id: subscription.id, seq: String(this.server.head), prev: String(subscription.chain) });
		subscription.live = true;
	}

	markLive(seq) {
		if (this.user) {
			this.tell({ type: "mark", seq: String(seq), prev: this.chain && String(this.chain), server_time: this.server.now() });
			this.chain = seq;
		}
	}

	/** What several commits come to, in which some changes are left out. */
	fold(folded, ...changes) {
		const seq = String(this.server.commit());
		const [{ id }] = this.subscriptions.values();
		this.tell({ type: "transaction", seq, prev: this.chain && String(this.chain), last: true, folded: { [id]: folded }, changes: changes.map((change) => ({ subscription_id: id, ...change })) });
		this.chain = BigInt(seq);
	}

	live(commit) {
		const live = [...this.subscriptions.values()].filter((subscription) => subscription.live);
		const changes = commit.changes.flatMap((change) => live.flatMap((subscription) => changesFor(subscription, { changes: [change] }, this.server)));
		if (changes.length > 0) {
			this.#transaction(commit, changes, this.chain && String(this.chain));
			this.chain = commit.seq;
		}
	}

	#transaction(commit, changes, prev, id) {
		const size = Math.min(changes.length, this.server.partSize);
		for (let start = 0; start < changes.length; start += size) {
			this.tell({
				type: "transaction",
				...(id && { subscription_id: id }),
				seq: String(commit.seq),
				prev,
				commit_time: commit.time,
				last: start + size >= changes.length,
				changes: changes.slice(start, start + size),
			});
		}
	}

	reset(name, reason, purge) {
		for (const subscription of this.subscriptions.values()) {
			if (subscription.name === name) {
				subscription.live = false;
				this.tell({ type: "reset", subscription_id: subscription.id, reason, purge });
				this.#snapshot(subscription);
			}
		}
	}
}

function changesFor({ id, name, fits }, { changes }, server) {
	return changes
		.filter((change) => change.table === name)
		.flatMap(({ op, row, old }) => {
			const [was, is] = [old && fits(old), row && fits(row)];
			switch (op) {
				case "truncate":
					return { subscription_id: id, op };
				case "insert":
					return is ? { subscription_id: id, op, row } : [];
				case "delete":
					return was ? { subscription_id: id, op, old } : [];
				default:
					return is && was ? { subscription_id: id, op, row, old } : is ? { subscription_id: id, op: "insert", row } : was ? { subscription_id: id, op: "delete", old } : [];
			}
		})
		.filter(() => server.tables.has(name));
}
