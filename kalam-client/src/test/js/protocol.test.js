import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { authenticate, compareSeq, decode, ping, subscribe, unsubscribe } from "../../main/js/protocol.js";

const FRAMES = new URL("../../../../src/protocol/frames/", import.meta.url);
const read = (name) => readFileSync(new URL(name, FRAMES), "utf8").trim();
const server = readdirSync(FRAMES).filter((name) => name.startsWith("server-"));
const query = { key: "", params: [], lastRows: null, progressive: false, orderBy: null };

for (const name of server) {
	test(`reads the golden frame ${name}`, () => {
		const frame = decode(read(name));
		if (name.startsWith("server-change-")) {
			assert.equal(frame, null, "a frame for clients without transactions");
		} else {
			assert.deepEqual(frame, JSON.parse(read(name)));
		}
	});

	test(`refuses ${name} cut off anywhere`, () => {
		const text = read(name);
		for (let length = 0; length < text.length; length += 7) {
			assert.throws(() => decode(text.slice(0, length)), { code: "PROTOCOL" });
		}
	});
}

test("writes the golden frames", () => {
	const token = "eyJhbGciOiJIUzI1NiJ9.e30.c2ln";
	assert.equal(JSON.stringify(authenticate(token)), read("client-authenticate.json"));
	assert.equal(JSON.stringify(ping()), read("client-ping.json"));
	assert.equal(JSON.stringify(unsubscribe("tickets")), read("client-unsubscribe.json"));
	assert.equal(JSON.stringify(subscribe("tickets", { ...query, sql: "SELECT * FROM tickets" }, null)), read("client-subscribe-defaults.json"));
	const cursor = { seq: "7262216745594062849", epoch: "k3vXq-9" };
	assert.equal(JSON.stringify(subscribe("tickets", { ...query, sql: "SELECT * FROM tickets" }, cursor)), read("client-subscribe-resume.json"));
	assert.equal(JSON.stringify(subscribe("tickets", { ...query, sql: "SELECT * FROM tickets", deliver: "latest" }, null)), read("client-subscribe-latest.json"));
});

test("subscribes with all options", () => {
	const message = subscribe("t", { ...query, sql: "S", params: ["open", 1], lastRows: 20, batchSize: 500, deliver: "latest" }, null);
	assert.equal(JSON.stringify(message.subscription.options), JSON.stringify({ params: ["open", 1], last_rows: 20, batch_size: 500, deliver: "latest" }));
});

for (const [what, frame] of Object.entries({
	"no object": [1],
	"no type": { seq: "1" },
	"a type that is no text": { type: 1 },
	"a mark without seq": { type: "mark", prev: null },
	"a seq that is a number": { type: "mark", seq: 1, prev: null },
	"a seq that is no number": { type: "mark", seq: "1x", prev: null },
	"changes that are no list": { type: "transaction", seq: "1", prev: null, last: true, changes: {} },
	"a change without row": { type: "transaction", seq: "1", prev: null, last: true, changes: [{ subscription_id: "t", op: "insert" }] },
	"an unknown op": { type: "transaction", seq: "1", prev: null, last: true, changes: [{ subscription_id: "t", op: "upsert", row: {} }] },
	"rows that are no objects": { type: "initial_data_batch", subscription_id: "t", rows: [1], batch_control: { batch_num: 0, has_more: false, snapshot_end_seq: "1" } },
	"a batch without number": { type: "initial_data_batch", subscription_id: "t", rows: [], batch_control: { has_more: false, snapshot_end_seq: "1" } },
	"an acknowledgement without key": { type: "subscription_ack", subscription_id: "t", schema: [], epoch: "e", batch_control: { has_more: true } },
	"an error without code": { type: "error" },
})) {
	test(`refuses ${what}`, () => assert.throws(() => decode(JSON.stringify(frame)), { code: "PROTOCOL" }));
}

test("refuses what is no text", () => {
	assert.throws(() => decode(new ArrayBuffer(2)), { code: "PROTOCOL" });
	assert.throws(() => decode("not json"), { code: "PROTOCOL" });
});

test("does not know other types, not even those of Object", () => {
	assert.equal(decode('{"type":"publish"}'), null);
	assert.equal(decode('{"type":"constructor"}'), null);
	assert.equal(decode('{"type":"__proto__"}'), null);
});

test("compares sequences of any length", () => {
	assert.ok(compareSeq("9", "10") < 0);
	assert.ok(compareSeq("9223372036854775807", "9223372036854775806") > 0);
	assert.equal(compareSeq("42", "42"), 0);
});
