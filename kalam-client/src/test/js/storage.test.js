import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { Store } from "../../main/js/storage.js";
import { subtle } from "./browser.js";
import { World, settle, ticket, watch } from "./harness.js";
import { token } from "./virtual.js";

/** fake-indexeddb takes its turns with setImmediate. */
async function turns(count = 60) {
	for (let turn = 0; turn < count; turn++) {
		await settle();
	}
}

class Disk {
	world = new World();
	indexedDB = new IDBFactory();

	/** A page that begins, as after a reload. */
	async page(options = {}) {
		const { environment, ...others } = options;
		const page = this.world.page({ persist: "indexeddb", ...others, environment: { indexedDB: this.indexedDB, subtle, ...environment } });
		page.query = page.kalam.table("tickets", others.query);
		page.seen = watch(page.query);
		page.close = async () => {
			page.page.fire("pagehide", {});
			await turns();
			page.kalam.close();
		};
		await this.pass(100);
		return page;
	}

	async pass(ms) {
		await turns();
		await this.world.clock.advance(ms);
		await turns();
	}

	/** What lies on the disk, of all queries. */
	async read() {
		const database = await new Promise((resolve, reject) => {
			const request = this.indexedDB.open("kalam");
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
		const all = (name) => new Promise((resolve) => (database.transaction(name).objectStore(name).getAll().onsuccess = ({ target }) => resolve(target.result)));
		const found = { queries: await all("queries"), rows: await all("rows"), users: await all("users") };
		database.close();
		return found;
	}
}

async function stored() {
	const disk = new Disk();
	disk.world.server.commit(["tickets", "insert", ticket(1)], ["tickets", "insert", ticket(2)]);
	const first = await disk.page();
	await disk.pass(2_000);
	return { disk, server: disk.world.server, first };
}

test("a reload shows the stored rows, stale, and goes on from the cursor", async () => {
	const { disk, server, first } = await stored();
	await first.close();
	server.commit(["tickets", "delete", ticket(1)]);
	const { seen } = await disk.page();
	await disk.pass(1_000);
	assert.deepEqual(seen.shown.map(({ status, source, loading, data }) => [status, source, loading, data.map(({ id }) => id).join()]), [
		["loading", "none", true, ""],
		["stale", "cache", false, "1,2"],
		["stale", "cache", false, "2"],
		["live", "server", false, "2"],
	]);
	assert.ok(server.messages("subscribe").at(-1).subscription.options.from);
});

test("rows and cursor are of the same commit, whenever the page dies", async () => {
	const { disk, server, first } = await stored();
	const history = new Map();
	const canonical = (rows) => rows.map(({ id, title }) => `${id}:${title}`).sort().join();
	for (let n = 0; n < 12; n++) {
		const seq = server.commit(["tickets", "insert", ticket(10 + n)], ["tickets", "update", ticket(1, `n ${n}`)]);
		history.set(seq, canonical(server.rows("tickets")));
		await disk.pass([10, 700, 1_500][n % 3]);
		const { queries, rows } = await disk.read();
		if (history.has(queries[0].cursor.seq)) {
			assert.equal(canonical(rows.map(({ row }) => row)), history.get(queries[0].cursor.seq));
		}
	}
	await first.close();
	const { queries, rows } = await disk.read();
	assert.equal(canonical(rows.map(({ row }) => row)), canonical(server.rows("tickets")));
	assert.equal(queries[0].cursor.seq, String(server.head));
});

test("offline, with a token at hand, the stored rows show", async () => {
	const { disk, server, first } = await stored();
	await first.close();
	server.refuse = true;
	const { seen } = await disk.page();
	assert.deepEqual([seen.ids(), seen.last().stale, seen.last().source], [["1", "2"], true, "cache"]);
});

test("the order is that of before", async () => {
	const { disk, server, first } = await stored();
	server.commit(["tickets", "update", ticket(9), ticket(1)], ["tickets", "insert", ticket(3)]);
	await disk.pass(2_000);
	assert.deepEqual(first.seen.ids(), ["9", "2", "3"]);
	await first.close();
	server.refuse = true;
	assert.deepEqual((await disk.page()).seen.ids(), ["9", "2", "3"]);
});

test("25: another user sees nothing of it, before and after signing in", async () => {
	const { disk, first } = await stored();
	await first.close();
	disk.world.server.slowSnapshots = true;
	const bob = await disk.page({ user: "bob" });
	assert.deepEqual(bob.seen.shown.map(({ data }) => data.length), [0]);
	const same = await disk.page({ getToken: async () => token("alice", { role: "other" }) });
	assert.ok(same.seen.shown[0].data.length === 0);
});

test("25: a token that the server gives to another user shows nothing of the first", async () => {
	const { disk, server, first } = await stored();
	await first.close();
	server.authenticate = () => "mallory";
	server.slowSnapshots = true;
	const { seen } = await disk.page();
	assert.deepEqual(seen.last().data, []);
	assert.equal(server.messages("subscribe").at(-1).subscription.options.from, undefined);
});

test("signing out deletes everything", async () => {
	const { disk, first } = await stored();
	assert.equal((await disk.read()).rows.length, 2);
	first.kalam.setAuth("logout");
	await disk.pass(2_000);
	assert.deepEqual(await disk.read(), { queries: [], rows: [], users: [] });
});

test("14: so does a purge, and being denied, for that query", async () => {
	const { disk, server, first } = await stored();
	server.slowSnapshots = true;
	server.reset("tickets", { reason: "policy", purge: true });
	await disk.pass(100);
	const { queries, rows } = await disk.read();
	assert.deepEqual([queries, rows], [[], []]);
	server.slowSnapshots = false;
	server.drop();
	await disk.pass(3_000);
	await disk.pass(3_000);
	assert.equal((await disk.read()).rows.length, 2);
	server.allowed = () => false;
	server.drop();
	await disk.pass(3_000);
	assert.equal(first.seen.last().status, "denied");
	assert.equal((await disk.read()).rows.length, 0);
});

test("15: a delete while away reaches the disk", async () => {
	const { disk, server, first } = await stored();
	server.drop();
	server.commit(["tickets", "delete", ticket(1)]);
	await disk.pass(3_000);
	await disk.pass(3_000);
	assert.deepEqual((await disk.read()).rows.map(({ row }) => row.id), ["2"]);
	assert.deepEqual(first.seen.ids(), ["2"]);
});

test("two pages that write the same query never mix their rows", async () => {
	const { disk, server, first } = await stored();
	const second = await disk.page();
	await disk.pass(2_000);
	for (let n = 0; n < 6; n++) {
		server.commit(["tickets", "insert", ticket(20 + n)], ...(n > 0 ? [["tickets", "delete", ticket(19 + n)]] : []));
		await disk.pass(400);
		(n % 2 ? first : second).page.fire("pagehide", {});
		await disk.pass(100);
		(n % 2 ? first : second).page.fire("pageshow", { persisted: true });
		await disk.pass(1_500);
	}
	await disk.pass(3_000);
	const { rows } = await disk.read();
	assert.deepEqual(rows.map(({ row }) => row.id).sort(), ["1", "2", "25"]);
	await first.close();
	await second.close();
});

const failing = {
	"there is none": undefined,
	"it is forbidden": { open: () => { throw new DOMException("The operation is insecure.", "SecurityError"); } },
	"it can't be opened": { open: () => { const request = {}; setImmediate(() => { request.error = new DOMException("x", "UnknownError"); request.onerror?.(); }); return request; } },
	"it never answers": { open: () => ({}) },
};

for (const [what, indexedDB] of Object.entries(failing)) {
	test(`26: ${what}: rows are in memory, it is said once, and all works`, async () => {
		const disk = new Disk();
		disk.world.server.commit(["tickets", "insert", ticket(1)]);
		const { seen, log, page } = await disk.page({ environment: { indexedDB } });
		await disk.pass(4_000);
		await disk.pass(1_000);
		disk.world.server.commit(["tickets", "insert", ticket(2)]);
		await disk.pass(2_000);
		page.fire("pagehide", {});
		await disk.pass(100);
		assert.deepEqual(seen.ids(), ["1", "2"]);
		assert.equal(log.count("memory only"), 1);
	});
}

for (const how of ["refused", "aborted"]) {
	test(`26: full, ${how}: what is stored stays whole, the page goes on`, async () => {
		const { disk, server, first } = await stored();
		const before = await disk.read();
		const { prototype } = IDBObjectStore;
		const { put } = prototype;
		try {
			prototype.put = function (...values) {
				if (values[0].row?.id === "4" && how === "refused") {
					throw new DOMException("full", "QuotaExceededError");
				}
				const request = put.apply(this, values);
				if (values[0].row?.id === "4") {
					this.transaction.abort();
				}
				return request;
			};
			server.commit(["tickets", "insert", ticket(3)], ["tickets", "insert", ticket(4)]);
			await disk.pass(3_000);
			server.commit(["tickets", "delete", ticket(1)]);
			await disk.pass(3_000);
		} finally {
			prototype.put = put;
		}
		assert.deepEqual(first.seen.ids(), ["2", "3", "4"]);
		assert.equal(first.log.count("memory only"), 1);
		assert.deepEqual(await disk.read(), before);
	});
}

test("26: corrupt records are not shown", async () => {
	const { disk, first } = await stored();
	await first.close();
	const store = await Store.open(disk.indexedDB);
	const [{ id }] = (await disk.read()).queries;
	await store.save({ id, revision: "x", cursor: { seq: 5 }, keyColumns: ["id"], schema: [], at: Date.now() }, { all: true, puts: [["1", { row: "no row", ordinal: 0 }]], deletes: [] }, null);
	const { seen } = await disk.page();
	await disk.pass(1_000);
	assert.deepEqual(seen.shown.filter(({ source }) => source === "cache"), []);
	assert.deepEqual(seen.ids(), ["1", "2"]);
});

test("who has not seen the last write writes everything, or nothing if that is newer", async () => {
	const store = await Store.open(new IDBFactory());
	const record = (revision, seq) => ({ id: "q", revision, cursor: { seq, epoch: "e" }, keyColumns: ["id"], schema: [], at: Date.now() });
	const put = (id) => [id, { row: { id }, ordinal: Number(id) }];
	const held = async () => {
		const { record: { cursor }, rows } = await store.load("q");
		return [cursor.seq, rows.map(({ key }) => key).join()];
	};
	assert.equal(await store.save(record("a1", "10"), { all: false, puts: [put("1")], deletes: [] }, null), "conflict");
	assert.equal(await store.save(record("a1", "10"), { all: true, puts: [put("1"), put("2")], deletes: [] }, null), "written");
	assert.equal(await store.save(record("b1", "20"), { all: true, puts: [put("3")], deletes: [] }, null), "written");
	assert.equal(await store.save(record("a2", "30"), { all: false, puts: [put("4")], deletes: [] }, "a1"), "conflict");
	assert.deepEqual(await held(), ["20", "3"]);
	assert.equal(await store.save(record("a2", "15"), { all: true, puts: [put("4")], deletes: [] }, "a1"), "behind");
	assert.deepEqual(await held(), ["20", "3"]);
	assert.equal(await store.save(record("b2", "21"), { all: false, puts: [put("5")], deletes: ["3"] }, "b1"), "written");
	assert.deepEqual(await held(), ["21", "5"]);
});

test("rows of a week ago, or of a time to come, are deleted", async () => {
	const { disk, first } = await stored();
	await first.close();
	const { now } = Date;
	try {
		for (const days of [8, -8]) {
			Date.now = () => now() + days * 24 * 3_600_000;
			await Store.open(disk.indexedDB);
			assert.equal((await disk.read()).rows.length, 0);
		}
	} finally {
		Date.now = now;
	}
});

test("no token and no cursor of anybody else lies on the disk", async () => {
	const { disk } = await stored();
	const text = JSON.stringify(await disk.read());
	assert.ok(!text.includes("eyJ") && !text.includes("signature"));
});
