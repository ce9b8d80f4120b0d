/**
 * Random interleavings of everything that can happen, against what must hold at each moment. A failure prints its seed;
 * `KALAM_SEED=7 node --test src/test/js/model.test.js` runs that one, `KALAM_SEEDS=5000` more of them.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { World, settle } from "./harness.js";
import { seeded } from "./virtual.js";

const SEEDS = Number(process.env.KALAM_SEEDS ?? 150);
const STEPS = 60;

const canonical = (rows) => JSON.stringify([...rows].sort((a, b) => (a.id < b.id ? -1 : 1)));

class Model {
	world = new World();
	server = this.world.server;
	clock = this.world.clock;
	/** What each query had at some commit. */
	history = [new Set(), new Set(), new Set()];
	queries = [];
	ends = [];
	shown = 0;
	counter = 0;
	trace = [];

	constructor(seed) {
		this.random = seeded(seed);
		this.options = { random: this.random };
		const { server } = this;
		this.views = [
			() => server.rows("tickets"),
			() => server.rows("tickets").filter((row) => row.title === "a"),
			() => server.rows("messages"),
		];
		this.remember();
		this.page = this.world.page(this.options);
		const { kalam } = this.page;
		this.queries = [kalam.table("tickets"), kalam.live("SELECT * FROM tickets WHERE title = $1", { params: ["a"] }), kalam.table("messages")];
	}

	pick(...choices) {
		return choices[Math.floor(this.random() * choices.length)];
	}

	remember() {
		this.views.forEach((view, index) => this.history[index].add(canonical(view())));
	}

	listen(index) {
		const query = this.queries[index];
		let last = { seq: null, epoch: null, loading: true };
		this.ends[index] = query.subscribe(() => {
			const state = query.getSnapshot();
			this.shown++;
			if (state.source !== "none") {
				assert.ok(this.history[index].has(canonical(state.data)), `query ${index} shows what never was: ${canonical(state.data)}`);
			} else {
				assert.deepEqual(state.data, []);
			}
			const epoch = this.server.epoch;
			if (last.seq !== null && state.seq !== null && last.epoch === epoch) {
				assert.ok(BigInt(state.seq) >= BigInt(last.seq), `query ${index} goes back from ${last.seq} to ${state.seq}`);
			}
			assert.ok(!state.loading || last.loading, `query ${index} loads again`);
			last = { seq: state.seq ?? (state.source === "none" ? null : last.seq), epoch, loading: state.loading };
			this.together();
		});
	}

	/** All commits write to both tables: two queries that are live are of the same commit. */
	together() {
		const [tickets, , messages] = this.queries.map((query) => query.getSnapshot());
		const internal = this.page.kalam.debug().queries;
		if (internal.filter(({ state }) => state === "live").length === internal.length && tickets.status === "live" && messages.status === "live") {
			const count = ({ data }) => data.find(({ id }) => id === "0")?.title;
			assert.equal(count(tickets), count(messages), "half of a commit");
		}
	}

	change(table) {
		const rows = this.server.rows(table).filter(({ id }) => id !== "0");
		const row = this.pick(...rows, null);
		const id = String(1 + Math.floor(this.random() * 8));
		const title = this.pick("a", "b", "c");
		const known = rows.some((other) => other.id === id);
		switch (row ? this.pick("update", "delete", "key", "insert") : "insert") {
			case "update":
				return [table, "update", { ...row, title }];
			case "delete":
				return [table, "delete", row];
			case "key":
				return known ? [table, "update", { ...row, title }] : [table, "update", { id, title }, row];
			default:
				return known ? [table, "update", { id, title }] : [table, "insert", { id, title }];
		}
	}

	commit() {
		const changes = Array.from({ length: 1 + Math.floor(this.random() * 4) }, () => this.pick("tickets", "messages"));
		const { server } = this;
		const count = { id: "0", title: String(++this.counter) };
		const counted = ["tickets", "messages"].map((table) => [table, server.tables.get(table).rows.has('["0"]') ? "update" : "insert", count]);
		const original = server.sockets;
		const made = [];
		// each change is made on what the one before it left
		server.sockets = new Set();
		for (const table of changes) {
			const change = this.random() < 0.05 ? null : this.change(table);
			if (change) {
				server.commit(change);
				made.push(server.commits.pop().changes[0]);
			}
		}
		server.commit(...counted);
		const commit = server.commits.pop();
		server.sockets = original;
		commit.changes.unshift(...made);
		this.remember();
		server.commits.push(commit);
		server.sockets.forEach((socket) => socket.live(commit));
	}

	faults = {
		drop: () => this.server.drop(this.pick(1006, 1011, 4409)),
		refuse: () => (this.server.refuse = !this.server.refuse),
		lose: () => (this.server.tamper = (text) => (this.random() < 0.2 && canLose(text) ? [] : [text])),
		twice: () => (this.server.tamper = (text) => (this.random() < 0.5 ? [text, text] : [text])),
		cut: () => (this.server.tamper = (text) => [this.random() < 0.1 ? text.slice(0, 25) : text]),
		honest: () => (this.server.tamper = (text) => [text]),
		parts: () => (this.server.partSize = this.pick(1, 2, Infinity)),
		batches: () => (this.server.batchSize = this.pick(1, 2, 1000)),
		hold: () => (this.server.auto = false),
		deliver: () => this.server.deliver(1 + Math.floor(this.random() * 5)),
		release: () => this.flow(),
		expire: () => this.server.expire(),
		epoch: () => (this.server.epoch = `epoch-${this.random()}`),
		reset: () => this.server.reset(this.pick("tickets", "messages"), { purge: this.random() < 0.3 }),
		goaway: () => this.server.goAway(500),
		mark: () => this.server.mark(),
		hide: () => this.page.page.setHidden(this.random() < 0.5),
		offline: () => this.page.page.setOnline(this.random() < 0.5),
		pagehide: () => this.page.page.fire("pagehide"),
		pageshow: () => this.page.page.fire("pageshow", { persisted: true }),
		listen: () => this.toggle(Math.floor(this.random() * 3)),
		refresh: () => this.queries[Math.floor(this.random() * 3)].refresh(),
		renew: () => this.page.kalam.setAuth("refresh"),
		expired: () => this.server.drop(4401),
	};

	flow() {
		this.server.auto = true;
		this.server.deliver();
	}

	toggle(index) {
		if (this.ends[index]) {
			this.ends[index]();
			this.ends[index] = null;
		} else {
			this.listen(index);
		}
	}

	async step() {
		const dice = this.random();
		if (dice < 0.4) {
			this.trace.push("commit");
			this.commit();
		} else if (dice < 0.75) {
			const fault = this.pick(...Object.keys(this.faults));
			this.trace.push(fault);
			this.faults[fault]();
		} else {
			const ms = this.pick(1, 20, 600, 5_000, 40_000);
			this.trace.push(ms);
			await this.clock.advance(ms);
		}
		await settle();
	}

	async quiet() {
		Object.assign(this.server, { refuse: false, tamper: (text) => [text], batchSize: 1000, partSize: Infinity });
		this.flow();
		if (this.trace.includes("lose")) {
			this.server.drop();
		}
		const { page, kalam } = this.page;
		page.fire("pageshow", { persisted: true });
		page.setOnline(true);
		page.setHidden(false);
		this.ends.forEach((end, index) => end || this.listen(index));
		[0, 1, 2].forEach((index) => this.ends[index] ?? this.listen(index));
		await this.clock.advance(90_000);
		this.server.mark();
		kalam.setAuth("refresh");
		await this.clock.advance(1_000);
		this.queries.filter((query) => query.getSnapshot().status === "error").forEach((query) => query.refresh());
		await this.clock.advance(1_000);
		this.queries.forEach((query, index) => {
			const state = query.getSnapshot();
			assert.equal(state.status, "live", `query ${index}: ${state.error?.message}`);
			assert.equal(canonical(state.data), canonical(this.views[index]()));
		});
	}
}

/** Parts of a commit have no number: one that is lost on the way, which TCP does not do, can't be noticed. */
const canLose = (text) => !["auth_success", '"error"', '"last":false'].some((what) => text.includes(what));

const seeds = process.env.KALAM_SEED ? [Number(process.env.KALAM_SEED)] : Array.from({ length: SEEDS }, (_, index) => index + 1);

test(`random interleavings, ${seeds.length} seeds`, async () => {
	let shown = 0;
	for (const seed of seeds) {
		const model = new Model(seed);
		const failures = [];
		model.page.log.warn = (...message) => message[1] instanceof Error && failures.push(message[1]);
		[0, 1, 2].forEach((index) => model.listen(index));
		try {
			for (let step = 0; step < STEPS; step++) {
				await model.step();
				assert.ifError(failures.find((error) => error.name === "AssertionError") ?? null);
			}
			await model.quiet();
			assert.ifError(failures.find((error) => error.name === "AssertionError") ?? null);
		} catch (error) {
			throw new Error(`seed ${seed}, after ${model.trace.join(" ")}: ${error.message}`, { cause: error });
		}
		shown += model.shown;
	}
	assert.ok(shown > seeds.length * 10, `only ${shown} states were shown`);
});
