/**
 * What comes in wrong, whoever sends it: each case ends in a state that the manual names, with a message that says what to do,
 * without a rejection that nobody looks at, and without another attempt in the six hours after that.
 */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { subtle } from "./browser.js";
import { World, settle, ticket, watch } from "./harness.js";
import { token } from "./virtual.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const UPGRADE = /Load \/kalam\/kalam\.js from that server, or install kalam-client in its version/;
const SIGN_IN = /Sign in again, then call setAuth\('login'\)/;

const LIVE = { connection: "connected", status: "live", code: undefined, ids: "1,2" };
const ENDED = { connection: "closed", status: "error", loading: false, ids: "" };
const SIGNED_OUT = { connection: "needs-auth", status: "error", code: "TOKEN_UNAVAILABLE", message: SIGN_IN, loading: false, ids: "" };

const commit = ({ server }) => server.commit(["tickets", "insert", ticket(2)]);

/** Rewrites what the server sends for its next commit. */
function tampered(rewrite) {
	return async (world) => {
		const { server } = world;
		server.tamper = rewrite;
		commit(world);
		server.tamper = (text) => [text];
		await world.clock.advance(10);
	};
}

/** Has the server send its next two commits the other way round. */
async function swapped({ server, clock }) {
	const held = [];
	server.tamper = (text) => (held.push(text), []);
	server.commit(["tickets", "insert", ticket(3)]);
	server.tamper = (text) => [text, ...held];
	server.commit(["tickets", "insert", ticket(2)], ["tickets", "delete", ticket(3)]);
	server.tamper = (text) => [text];
	await clock.advance(10);
}

const always = (rewrite) => ({ server: { tamper: (text) => (text.includes("auth_success") ? [text] : rewrite(text)) } });
const broken = (open) => ({ page: { persist: "indexeddb", environment: { subtle, indexedDB: open && { open } } }, then: commit });
const tokens = (getToken) => ({ page: { getToken } });

/** IndexedDB that opens, and refuses to write. */
function full() {
	const indexedDB = new IDBFactory();
	const { put } = IDBObjectStore.prototype;
	return {
		page: { persist: "indexeddb", environment: { subtle, indexedDB } },
		then: async (world) => {
			IDBObjectStore.prototype.put = () => { throw new DOMException("no room", "QuotaExceededError"); };
			commit(world);
		},
		end: () => (IDBObjectStore.prototype.put = put),
	};
}

/** The time of day jumps. */
function jump(ms) {
	const { now } = Date;
	return {
		page: { persist: "indexeddb", environment: { subtle, indexedDB: new IDBFactory() } },
		then: (world) => {
			Date.now = () => now() + ms;
			commit(world);
		},
		end: () => (Date.now = now),
	};
}

const CASES = {
	"frames out of order": { then: swapped, expect: { ...LIVE, log: [/a frame is missing/, 1], opened: 1 } },
	"every frame twice": { ...always((text) => [text, text]), then: commit, expect: { ...LIVE, opened: 1 } },
	"a frame cut off": { then: tampered((text) => [text.slice(0, -9)]), expect: { ...LIVE, log: [/no JSON object/, 1], opened: 2 } },
	"every frame cut off": { ...always((text) => [text.slice(0, -9)]), expect: { ...ENDED, code: "PROTOCOL", message: UPGRADE, log: [/no JSON object/, 5], opened: 5 } },
	"frames without what has to be in them": { ...always(() => ['{"type":"mark"}']), expect: { ...ENDED, code: "PROTOCOL", message: /a malformed mark\. Load/, opened: 5 } },
	"frames that are no text": { ...always(() => [new ArrayBuffer(8)]), expect: { ...ENDED, code: "PROTOCOL", message: UPGRADE, opened: 5 } },
	"a frame of an unknown type": { then: tampered((text) => ['{"type":"surprise"}', text]), expect: { ...LIVE, log: [/unknown type is ignored/, 1], opened: 1 } },
	"batches that never fit": { ...always((text) => [text.replace('"batch_num":0,"has_more":false', '"batch_num":7,"has_more":false')]), expect: { ...ENDED, connection: "connected", code: "PROTOCOL", message: /Load \/kalam\/kalam\.js from that server, or call refresh\(\)/, opened: 1 } },
	"a server of another version": { server: { version: 2 }, expect: { ...ENDED, code: "VERSION", message: /another version of the protocol \(2, not 1\)\. Load/, opened: 1 } },
	"a server without transactions": { server: { transactions: false }, expect: { ...ENDED, code: "VERSION", message: UPGRADE, opened: 1 } },
	"no IndexedDB": { ...broken(undefined), expect: { ...LIVE, log: [/memory only/, 1], opened: 1 } },
	"a forbidden IndexedDB": { ...broken(() => { throw new DOMException("insecure", "SecurityError"); }), expect: { ...LIVE, log: [/memory only/, 1], opened: 1 } },
	"an IndexedDB that does not answer": { ...broken(() => ({})), expect: { ...LIVE, log: [/memory only/, 1], opened: 1 } },
	"a full IndexedDB": { ...full(), expect: { ...LIVE, log: [/memory only/, 1], opened: 1 } },
	"a clock that jumps on": { ...jump(1e12), expect: { ...LIVE, opened: 1 } },
	"a clock that jumps back": { ...jump(-1e12), expect: { ...LIVE, opened: 1 } },
	"a machine that was asleep": { then: (world) => (world.clock.sleep(HOUR), commit(world)), expect: { ...LIVE, opened: 1 } },
	"getToken that throws": { ...tokens(() => { throw new Error("sync"); }), expect: { ...SIGNED_OUT, asked: 10, opened: 0 } },
	"getToken that rejects": { ...tokens(async () => { throw new Error("async"); }), expect: { ...SIGNED_OUT, asked: 10, opened: 0 } },
	"getToken that gives nothing": { ...tokens(async () => undefined), expect: { ...SIGNED_OUT, asked: 10, opened: 0 } },
	"getToken that hangs": { ...tokens(() => new Promise(() => {})), expect: { ...SIGNED_OUT, asked: 10, opened: 0 } },
	"getToken that rejects when it was given up": {
		page: ({ clock }) => ({ getToken: () => new Promise((_, reject) => clock.setTimeout(() => reject(new Error("late")), MINUTE)) }),
		expect: { ...SIGNED_OUT, asked: 10, opened: 0 },
	},
	"getToken that has none once the server refuses the first": {
		...tokens(async ({ reason }) => (reason === "connect" ? token("alice") : Promise.reject(new Error("no")))),
		server: { authenticate: () => 4401 },
		expect: { ...SIGNED_OUT, asked: 11, opened: 1 },
	},
	"getToken that hangs while stored rows are looked for": {
		page: { persist: "indexeddb", environment: { subtle, indexedDB: new IDBFactory() }, getToken: () => new Promise(() => {}) },
		expect: { ...SIGNED_OUT, asked: 11, opened: 0 },
	},
	"getToken that hangs when the token is to be renewed": {
		...tokens(({ reason }) => (reason === "connect" ? token("alice") : new Promise(() => {}))),
		server: { ttlMs: 10 * MINUTE },
		then: async ({ server, clock }) => {
			await clock.advance(10 * MINUTE);
			server.drop(4401);
		},
		expect: { ...SIGNED_OUT, status: "stale", ids: "1", log: [/could not be renewed/, 2], opened: 1 },
	},
	"getToken that gives what the server refuses": {
		...tokens(async () => token("alice")),
		server: { authenticate: () => 4401 },
		expect: { ...SIGNED_OUT, code: "TOKEN_REJECTED", asked: 2, opened: 2 },
	},
};

function counts({ server }, asked) {
	return { opened: server.opened, subscribed: server.messages("subscribe").length, asked: asked.count };
}

async function play({ page = {}, server = {}, then = () => {}, expect }) {
	const world = new World();
	world.server.commit(["tickets", "insert", ticket(1)]);
	Object.assign(world.server, { ttlMs: 24 * HOUR, ...server });
	const asked = { count: 0 };
	const { getToken = async () => token("alice"), ...others } = typeof page === "function" ? page(world) : page;
	const { kalam, log } = world.page({ ...others, getToken: (context) => (asked.count++, getToken(context)) });
	const seen = watch(kalam.table("tickets"));
	const pass = async (ms) => {
		for (let turn = 0; turn < 30; turn++) {
			await settle();
		}
		await world.clock.advance(ms);
	};
	await pass(100);
	await pass(5 * SECOND);
	await then(world);
	await pass(20 * MINUTE);
	const before = counts(world, asked);
	await pass(6 * HOUR);
	assert.deepEqual(counts(world, asked), before, "it is over");
	const { data, status, loading, error } = seen.last();
	assert.deepEqual(
		{ connection: kalam.connection.getSnapshot(), status, loading, code: error?.code, ids: data.map(({ id }) => id).join() },
		{ connection: expect.connection, status: expect.status, loading: false, code: expect.code, ids: expect.ids },
	);
	assert.match(error?.message ?? "", expect.message ?? /^$/);
	assert.equal(before.opened, expect.opened);
	assert.equal(before.asked, expect.asked ?? before.asked);
	const [said, times] = expect.log ?? [/./, log.messages.length];
	assert.equal(log.messages.filter((message) => said.test(message)).length, times, log.messages.join("\n"));
	assert.ok(!log.messages.join().includes("eyJ"), "no token is logged");
	kalam.close();
}

for (const [what, one] of Object.entries(CASES)) {
	test(what, async () => {
		const strays = [];
		const keep = (error) => strays.push(error);
		process.on("unhandledRejection", keep);
		try {
			await play(one);
		} finally {
			one.end?.();
			await settle();
			process.off("unhandledRejection", keep);
		}
		assert.deepEqual(strays, []);
	});
}
