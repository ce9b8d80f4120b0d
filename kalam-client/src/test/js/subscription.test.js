import assert from "node:assert/strict";
import { test } from "node:test";
import { World, settle, ticket, watch } from "./harness.js";
import { Subscription } from "../../main/js/subscription.js";
import { TRANSITIONS } from "../../main/js/transitions.js";

const QUERY = { key: "k", sql: "SELECT * FROM tickets", params: [], lastRows: null, progressive: false, orderBy: null };
const tickets = (kalam, options) => kalam.live("SELECT * FROM tickets", options);

async function connected(options = {}, rows = 2) {
	const world = new World();
	for (let id = 1; id <= rows; id++) {
		world.server.commit(["tickets", "insert", ticket(id)]);
	}
	const page = world.page(options);
	const query = tickets(page.kalam, options.query);
	const seen = watch(query);
	await world.clock.advance(50);
	return { world, server: world.server, clock: world.clock, query, seen, ...page };
}

/** Makes a socket's snapshot wait after each batch. */
async function slowly({ server, clock, kalam }, query = tickets(kalam)) {
	server.slowSnapshots = true;
	const seen = watch(query);
	await clock.advance(50);
	const [socket] = server.sockets;
	const subscription = [...socket.subscriptions.values()].at(-1);
	return { seen, socket, subscription, next: () => socket.nextBatch(subscription) };
}

test("1: a snapshot of many batches shows once", async () => {
	const world = new World();
	world.server.batchSize = 3;
	for (let id = 1; id <= 10; id++) {
		world.server.commit(["tickets", "insert", ticket(id)]);
	}
	const seen = watch(tickets(world.page().kalam));
	await world.clock.advance(50);
	assert.deepEqual(seen.shown.map(({ data }) => data.length), [0, 10]);
	assert.deepEqual(seen.shown.map(({ loading }) => loading), [true, false]);
});

test("1: a progressive one shows each batch, and is loading until the last", async () => {
	const world = new World();
	world.server.batchSize = 3;
	for (let id = 1; id <= 7; id++) {
		world.server.commit(["tickets", "insert", ticket(id)]);
	}
	const seen = watch(tickets(world.page().kalam, { progressive: true }));
	await world.clock.advance(50);
	assert.deepEqual(seen.shown.map(({ data, loading }) => [data.length, loading]), [[0, true], [3, true], [6, true], [7, false]]);
});

test("2: an empty table is live", async () => {
	const { seen } = await connected({}, 0);
	assert.deepEqual(seen.last(), { data: [], loading: false, error: null, stale: false, status: "live", source: "server", seq: "26800000" });
});

test("3: a change during the snapshot comes after it, and nothing half-loaded shows", async () => {
	const world = new World();
	const { server, clock } = world;
	server.batchSize = 2;
	[1, 2, 3, 4].forEach((id) => server.commit(["tickets", "insert", ticket(id)]));
	const { seen, next } = await slowly({ ...world, server, clock, kalam: world.page().kalam });
	next();
	server.commit(["tickets", "update", ticket(1, "changed")], ["tickets", "delete", ticket(4)]);
	assert.deepEqual(seen.ids(), []);
	next();
	await settle();
	assert.deepEqual(seen.shown.map(({ data }) => data.map(({ title }) => title)), [
		[],
		["ticket 1", "ticket 2", "ticket 3", "ticket 4"],
		["changed", "ticket 2", "ticket 3"],
	]);
	assert.equal(seen.last().status, "live");
});

test("4: a commit of ten rows is one notification", async () => {
	const { server, seen } = await connected();
	const before = seen.shown.length;
	server.commit(...Array.from({ length: 10 }, (_, index) => ["tickets", "insert", ticket(100 + index)]));
	await settle();
	assert.equal(seen.shown.length, before + 1);
	assert.equal(seen.last().data.length, 12);
});

test("5: a commit over two tables: nobody sees half of it", async () => {
	const { server, kalam, clock, query } = await connected();
	const messages = kalam.table("messages");
	const pairs = [];
	const look = () => pairs.push([query.getSnapshot().data.length, messages.getSnapshot().data.length]);
	messages.subscribe(() => {});
	await clock.advance(50);
	query.subscribe(look);
	messages.subscribe(look);
	query.onTransaction(look);
	await settle();
	server.commit(["messages", "insert", ticket(1)], ["tickets", "insert", ticket(3)]);
	await settle();
	assert.deepEqual(pairs, [[3, 1], [3, 1], [3, 1]]);
});

test("6: a commit in parts is held until its last", async () => {
	const { server, seen } = await connected();
	server.partSize = 2;
	server.auto = false;
	const before = seen.shown.length;
	server.commit(...[5, 6, 7, 8, 9].map((id) => ["tickets", "insert", ticket(id)]));
	server.deliver(2);
	assert.equal(seen.shown.length, before);
	server.deliver();
	assert.equal(seen.shown.length, before + 1);
	assert.deepEqual(seen.ids(), ["1", "2", "5", "6", "7", "8", "9"]);
});

test("6: parts of a commit whose socket is lost are void", async () => {
	const { server, seen, clock } = await connected();
	server.partSize = 1;
	server.auto = false;
	server.commit(["tickets", "insert", ticket(5)], ["tickets", "insert", ticket(6)]);
	server.deliver(1);
	server.auto = true;
	server.drop();
	await clock.advance(2_000);
	assert.deepEqual(seen.ids(), ["1", "2", "5", "6"]);
	assert.ok(seen.shown.every(({ data }) => data.length === 0 || data.length === 2 || data.length === 4));
});

test("6: parts that came before a reset are void, those of other queries are not", async () => {
	const { server, kalam, clock, seen, log } = await connected();
	const messages = watch(kalam.table("messages"));
	await clock.advance(50);
	server.partSize = 1;
	server.auto = false;
	server.commit(["tickets", "insert", ticket(5)], ["messages", "insert", ticket(1)]);
	const [socket] = server.sockets;
	server.deliver(1);
	const [last] = socket.queue.splice(0, 1);
	server.slowSnapshots = true;
	server.reset("tickets");
	socket.queue.push(last);
	server.deliver();
	assert.deepEqual(messages.ids(), ["1"]);
	assert.deepEqual(seen.ids(), ["1", "2"]);
	assert.equal(seen.last().status, "resyncing");
	server.auto = true;
	socket.nextBatch([...socket.subscriptions.values()][0]);
	await settle();
	assert.deepEqual(seen.ids(), ["1", "2", "5"]);
	assert.deepEqual(log.messages, []);
});

test("6: the last part is lost: what it touched is read again", async () => {
	const { server, clock, seen, log } = await connected();
	server.partSize = 1;
	server.tamper = (text) => (JSON.parse(text).last === true ? [] : [text]);
	server.commit(["tickets", "insert", ticket(5)], ["tickets", "insert", ticket(6)]);
	server.tamper = (text) => [text];
	server.commit(["tickets", "insert", ticket(7)]);
	await clock.advance(100);
	assert.equal(log.count("missing"), 1);
	assert.deepEqual(seen.ids(), ["1", "2", "5", "6", "7"]);
});

test("7: what comes twice is taken once", async () => {
	const { server, seen, log } = await connected();
	server.tamper = (text) => [text, text];
	const before = seen.shown.length;
	server.commit(["tickets", "insert", ticket(3)]);
	server.commit(["tickets", "delete", ticket(3)]);
	await settle();
	assert.equal(seen.shown.length, before + 2);
	assert.deepEqual(seen.ids(), ["1", "2"]);
	assert.deepEqual(log.messages, []);
});

test("7: so is a snapshot of which everything comes twice", async () => {
	const world = new World();
	world.server.batchSize = 1;
	world.server.tamper = (text) => [text, text];
	[1, 2, 3].forEach((id) => world.server.commit(["tickets", "insert", ticket(id)]));
	const { kalam } = world.page();
	const seen = watch(tickets(kalam));
	await world.clock.advance(100);
	assert.deepEqual(seen.ids(), ["1", "2", "3"]);
	assert.equal(seen.last().status, "live");
});

test("8: a gap is noticed and filled from the cursor, without a snapshot", async () => {
	const { server, seen, clock, log } = await connected();
	server.tamper = () => [];
	server.commit(["tickets", "insert", ticket(3)]);
	server.tamper = (text) => [text];
	const cursor = server.messages("subscribe").length;
	server.commit(["tickets", "insert", ticket(4)]);
	await clock.advance(50);
	assert.deepEqual(seen.ids(), ["1", "2", "3", "4"]);
	assert.equal(log.count("missing"), 1);
	const again = server.messages("subscribe")[cursor].subscription.options;
	assert.equal(again.from, "26800016");
	assert.ok(again.epoch);
	assert.ok(seen.shown.every(({ data }) => data.length !== 3 || data[2].id === "3"));
});

test("8: frames out of order are a gap", async () => {
	const { server, seen, clock } = await connected();
	server.auto = false;
	server.commit(["tickets", "insert", ticket(3)]);
	server.commit(["tickets", "delete", ticket(3)]);
	const [socket] = server.sockets;
	socket.queue.reverse();
	server.auto = true;
	server.deliver();
	await clock.advance(50);
	assert.deepEqual(seen.ids(), ["1", "2"]);
	assert.equal(seen.last().status, "live");
});

test("8: a batch that is missing means a new snapshot", async () => {
	const world = new World();
	world.server.batchSize = 1;
	[1, 2, 3].forEach((id) => world.server.commit(["tickets", "insert", ticket(id)]));
	let dropped = 0;
	world.server.tamper = (text) => (JSON.parse(text).batch_control?.batch_num === 1 && dropped++ === 0 ? [] : [text]);
	const seen = watch(tickets(world.page().kalam));
	await world.clock.advance(100);
	assert.deepEqual(seen.shown.map(({ data }) => data.length), [0, 3]);
});

test("8: a server whose frames never fit is given up, not asked forever", async () => {
	const { server, seen, clock, query } = await connected();
	server.tamper = (text) => [text.replace(/"prev":"\d+"/, '"prev":"1"')];
	server.commit(["tickets", "insert", ticket(3)]);
	await clock.advance(600_000);
	assert.equal(seen.last().status, "error");
	assert.equal(seen.last().error.code, "PROTOCOL");
	assert.ok(server.messages("subscribe").length < 20);
	server.tamper = (text) => [text];
	query.refresh();
	await clock.advance(100);
	assert.deepEqual(seen.ids(), ["1", "2", "3"]);
});

test("8: rows that can't be read mean a new snapshot, and other queries go on", async () => {
	const { server, seen, clock, kalam } = await connected();
	const messages = watch(kalam.table("messages"));
	await clock.advance(50);
	const tamper = (text) => [text.includes('"type":"transaction"') ? text.replace('{"id":"3"', '{"id":{"toString":3}') : text];
	server.tamper = tamper;
	server.commit(["tickets", "insert", ticket(4)], ["tickets", "insert", ticket(3)], ["messages", "insert", ticket(1)]);
	await clock.advance(100);
	assert.deepEqual(seen.ids(), ["1", "2", "4", "3"]);
	assert.deepEqual([seen.last().status, messages.ids()], ["live", ["1"]]);
	assert.equal(server.opened, 1);
});

test("9: a resume brings no snapshot, and what happened meanwhile, a delete too", async () => {
	const { server, seen, clock } = await connected();
	const [one] = seen.last().data;
	server.drop();
	await settle();
	assert.equal(seen.last().status, "stale");
	server.commit(["tickets", "delete", ticket(2)]);
	server.commit(["tickets", "insert", ticket(3)]);
	await clock.advance(2_000);
	assert.deepEqual(seen.ids(), ["1", "3"]);
	assert.equal(seen.last().data[0], one);
	const [, again] = server.messages("subscribe");
	assert.equal(again.subscription.options.from, "26800016");
	assert.equal(again.subscription.options.on_expired, "snapshot");
	assert.deepEqual(seen.shown.slice(2).map(({ status, data }) => [status, data.map(({ id }) => id).join()]), [
		["stale", "1,2"],
		["stale", "1"],
		["stale", "1,3"],
		["live", "1,3"],
	]);
});

test("10: a socket lost in mid-snapshot: a new one, and nothing of the first", async () => {
	const world = new World();
	const { server, clock } = world;
	server.batchSize = 1;
	[1, 2].forEach((id) => server.commit(["tickets", "insert", ticket(id)]));
	const { seen, next } = await slowly({ server, clock, kalam: world.page().kalam });
	next();
	server.slowSnapshots = false;
	server.commit(["tickets", "delete", ticket(1)]);
	server.drop();
	await clock.advance(2_000);
	assert.deepEqual(seen.shown.map(({ data }) => data.map(({ id }) => id).join()), ["", "2"]);
	assert.equal(server.messages("subscribe")[1].subscription.options.from, undefined);
});

test("10: a socket lost after the snapshot but before the mark has no cursor", async () => {
	const world = new World();
	const { server, clock } = world;
	server.holdJoins = true;
	server.commit(["tickets", "insert", ticket(1)]);
	const query = tickets(world.page().kalam);
	const seen = watch(query);
	await clock.advance(50);
	assert.equal(seen.last().status, "live");
	assert.equal(query.cursor, null);
	server.holdJoins = false;
	server.drop();
	await clock.advance(2_000);
	assert.equal(server.messages("subscribe")[1].subscription.options.from, undefined);
	assert.deepEqual(query.cursor, { seq: "26800008", epoch: "epoch-1/tickets/[]/alice" });
});

test("11: lost again while catching up: with nothing applied from the cursor, else a new snapshot; no row goes back", async () => {
	const { server, seen, clock } = await connected();
	server.drop();
	server.commit(["tickets", "update", ticket(1, "second")], ["tickets", "insert", ticket(3)]);
	server.commit(["tickets", "update", ticket(1, "third")], ["tickets", "delete", ticket(3)]);
	server.holdJoins = true;
	await clock.advance(2_000);
	server.drop();
	await clock.advance(3_000);
	const [socket] = server.sockets;
	server.auto = false;
	socket.replay([...socket.subscriptions.values()][0]);
	server.deliver(1);
	server.auto = true;
	server.holdJoins = false;
	server.drop();
	await clock.advance(5_000);
	const froms = server.messages("subscribe").map(({ subscription }) => subscription.options.from);
	assert.deepEqual(froms, [undefined, "26800016", "26800016", undefined]);
	assert.deepEqual([...new Set(seen.shown.map(({ data }) => data.map(({ title }) => title).join()))], ["", "ticket 1,ticket 2", "second,ticket 2,ticket 3", "third,ticket 2"]);
	assert.equal(seen.last().status, "live");
});

test("12: an expired cursor keeps the rows on screen and their identity", async () => {
	const { server, seen, clock } = await connected();
	const [one] = seen.last().data;
	server.drop();
	server.commit(["tickets", "update", ticket(2, "changed")]);
	server.expire();
	await clock.advance(2_000);
	assert.ok(seen.shown.slice(1).every(({ data, loading }) => data.length === 2 && !loading));
	assert.equal(seen.last().data[0], one);
	assert.equal(seen.last().data[1].title, "changed");
	assert.ok(seen.shown.some(({ status }) => status === "resyncing"));
});

test("12: a server that answers CURSOR_EXPIRED is asked for a snapshot", async () => {
	const { server, seen, clock } = await connected();
	server.drop();
	let refused = 0;
	server.refusal = () => (refused++ === 0 ? { code: "CURSOR_EXPIRED", message: "too old" } : null);
	await clock.advance(2_000);
	assert.equal(seen.last().status, "live");
	assert.equal(server.messages("subscribe")[2].subscription.options.from, undefined);
});

test("12: unchanged rows are the same list, too", async () => {
	const { server, seen } = await connected();
	const { data } = seen.last();
	server.reset("tickets");
	await settle();
	assert.equal(seen.last().data, data);
	assert.equal(seen.last().status, "live");
});

test("13: another epoch is another history", async () => {
	const { server, seen, clock, query } = await connected();
	server.drop();
	server.epoch = "epoch-2";
	server.tables.get("tickets").rows.clear();
	server.commit(["tickets", "insert", ticket(9)]);
	await clock.advance(2_000);
	assert.deepEqual(seen.ids(), ["9"]);
	assert.equal(query.cursor.epoch, "epoch-2/tickets/[]/alice");
});

test("14: a purge forgets at once", async () => {
	const { server, seen, clock } = await connected();
	server.slowSnapshots = true;
	server.reset("tickets", { reason: "policy", purge: true });
	await clock.advance(10);
	assert.deepEqual(seen.last().data, []);
	assert.equal(seen.last().loading, false);
	server.slowSnapshots = false;
	server.drop();
	await clock.advance(2_000);
	assert.deepEqual(seen.ids(), ["1", "2"]);
});

test("14: a reset without purge keeps the rows until the new ones are there", async () => {
	const { server, seen } = await connected();
	server.slowSnapshots = true;
	server.reset("tickets");
	await settle();
	assert.equal(seen.last().status, "resyncing");
	assert.deepEqual(seen.ids(), ["1", "2"]);
});

test("16: a key that changes keeps its place; a truncate in mid-commit is at its place", async () => {
	const { server, seen } = await connected();
	server.commit(["tickets", "update", ticket(7, "was 1"), ticket(1)]);
	await settle();
	assert.deepEqual(seen.ids(), ["7", "2"]);
	server.commit(["tickets", "insert", ticket(8)], ["tickets", "truncate"], ["tickets", "insert", ticket(9)]);
	await settle();
	assert.deepEqual(seen.ids(), ["9"]);
});

test("17: an int8 past 2^53 stays what it is", async () => {
	const { server, seen } = await connected({ query: { orderBy: "id" } });
	server.commit(["tickets", "insert", ticket("9007199254740993")], ["tickets", "insert", ticket("9007199254740992")], ["tickets", "insert", ticket("-5")]);
	await settle();
	assert.deepEqual(seen.ids(), ["-5", "1", "2", "9007199254740992", "9007199254740993"]);
});

test("a snapshot behind what was shown is kept back until it has caught up", async () => {
	const { server, seen } = await connected();
	const shown = seen.last().seq;
	const [socket] = server.sockets;
	const [subscription] = socket.subscriptions.values();
	subscription.live = false;
	const before = seen.shown.length;
	const id = subscription.id;
	socket.tell({ type: "reset", subscription_id: id, reason: "schema", purge: false });
	socket.tell({ type: "subscription_ack", subscription_id: id, key: ["id"], schema: [], epoch: seen.last() && "epoch-1/tickets/[]/alice", resumed: false, batch_control: { has_more: true } });
	socket.tell({ type: "initial_data_batch", subscription_id: id, rows: [ticket(1)], batch_control: { batch_num: 0, has_more: false, snapshot_end_seq: "26800008" } });
	assert.deepEqual(seen.ids(), ["1", "2"]);
	socket.tell({ type: "transaction", subscription_id: id, seq: shown, prev: "26800008", last: true, changes: [{ subscription_id: id, op: "insert", row: ticket(2) }] });
	assert.deepEqual(seen.ids(), ["1", "2"]);
	assert.ok(seen.shown.slice(before).every(({ data, seq }) => data.length === 2 && seq === shown));
	assert.equal(seen.last().status, "live");
});

test("an update of a row outside of a window does not bring it in", async () => {
	const { server, seen, clock, query } = await connected({ query: { lastRows: 2 } }, 5);
	assert.deepEqual(seen.ids(), ["4", "5"]);
	server.commit(["tickets", "update", ticket(1, "old one")]);
	server.commit(["tickets", "insert", ticket(6)]);
	await settle();
	assert.deepEqual(seen.ids(), ["4", "5", "6"]);
	assert.equal(query.cursor, null);
	server.drop();
	await clock.advance(2_000);
	assert.deepEqual(seen.ids(), ["5", "6"]);
});

test("a table that may not be read: denied, purged, and asked for again when that may have changed", async () => {
	const { server, seen, clock, kalam } = await connected();
	server.allowed = () => false;
	server.drop();
	await clock.advance(2_000);
	assert.deepEqual([seen.last().status, seen.last().error.code, seen.last().data], ["denied", "NOT_FOUND", []]);
	await clock.advance(120_000);
	assert.equal(server.messages("subscribe").length, 2);
	server.allowed = () => true;
	kalam.setAuth("refresh");
	await clock.advance(100);
	assert.deepEqual(seen.ids(), ["1", "2"]);
});

test("bad SQL fails for good; refresh() tries again", async () => {
	const { server, seen, clock, query } = await connected();
	server.refusal = () => ({ code: "INVALID_SQL", message: "Write it like that." });
	server.drop();
	await clock.advance(600_000);
	assert.deepEqual([seen.last().status, seen.last().error.message], ["error", "Write it like that."]);
	assert.deepEqual(seen.ids(), ["1", "2"]);
	assert.equal(server.messages("subscribe").length, 2);
	server.refusal = null;
	query.refresh();
	await clock.advance(100);
	assert.equal(seen.last().status, "live");
	assert.equal(seen.last().error, null);
});

test("what may pass is tried again, a few times", async () => {
	const { server, seen, clock, query } = await connected();
	server.refusal = () => ({ code: "SUBSCRIPTION_FAILED", message: "Try again." });
	query.refresh();
	await clock.advance(600_000);
	assert.equal(seen.last().status, "error");
	assert.equal(server.messages("subscribe").length, 7);
	server.refusal = null;
	query.refresh();
	await clock.advance(100);
	assert.equal(seen.last().status, "live");
});

test("equal queries share one subscription; it lingers, then ends", async () => {
	const { server, kalam, clock, seen } = await connected();
	const other = watch(tickets(kalam));
	await clock.advance(50);
	assert.equal(server.messages("subscribe").length, 1);
	seen.end();
	other.end();
	await clock.advance(29_000);
	const third = watch(tickets(kalam));
	assert.equal(third.last().status, "live");
	third.end();
	await clock.advance(31_000);
	assert.equal(server.messages("unsubscribe").length, 1);
	assert.equal(tickets(kalam).getSnapshot().status, "idle");
	await clock.advance(31_000);
	assert.equal(kalam.connection.getSnapshot(), "idle");
	assert.equal(server.sockets.size, 0);
	const again = watch(tickets(kalam));
	await clock.advance(50);
	assert.deepEqual(again.ids(), ["1", "2"]);
});

test("ready() waits for the rows, and says why there are none", async () => {
	const { kalam, server, clock, query, log } = await connected();
	assert.equal((await query.ready()).data.length, 2);
	const first = kalam.live("SELECT id FROM tickets").ready();
	await clock.advance(50);
	assert.equal((await first).data.length, 2);
	assert.deepEqual(log.messages, []);
	server.refusal = () => ({ code: "INVALID_SQL", message: "no" });
	const failing = kalam.live("SELECT * FROM messages").ready();
	const caught = assert.rejects(failing, { code: "INVALID_SQL" });
	await clock.advance(100);
	await caught;
});

test("a listener that throws does not take it from the others", async () => {
	const { server, query, seen, log } = await connected();
	query.subscribe(() => {
		throw new Error("mine");
	});
	const after = watch(query);
	server.commit(["tickets", "insert", ticket(3)]);
	await settle();
	assert.equal(after.shown.length, 1);
	assert.equal(seen.last().data.length, 3);
	assert.equal(log.count("a listener threw"), 1);
});

test("a hundred queries are subscribed no faster than the server takes them", async () => {
	const world = new World();
	const { kalam } = world.page();
	for (let n = 0; n < 300; n++) {
		watch(kalam.live("SELECT * FROM tickets WHERE id = $1", { params: [String(n)] }));
	}
	await world.clock.advance(10);
	assert.ok(world.server.messages("subscribe").length <= 120);
	await world.clock.advance(6_000);
	assert.equal(world.server.messages("subscribe").length, 300);
});

test("a query that is too large is not sent", async () => {
	const { kalam, clock } = await connected();
	const seen = watch(kalam.live(`SELECT * FROM tickets WHERE title = '${"x".repeat(70_000)}'`));
	await clock.advance(100);
	assert.equal(seen.last().error.code, "MESSAGE_TOO_LARGE");
});

test("onTransaction tells what a commit has changed", async () => {
	const { server, query } = await connected();
	const told = [];
	query.onTransaction((transaction) => told.push(transaction));
	const seq = server.commit(["tickets", "update", ticket(1, "x")], ["tickets", "update", ticket(2)]);
	await settle();
	assert.equal(told.length, 1);
	assert.equal(told[0].seq, seq);
	assert.deepEqual(told[0].changes.map(({ op, row }) => [op, row.title]), [["update", "x"]]);
	assert.ok(told[0].commitTime);
});

test("deliver is asked for, and what was left out is told", async () => {
	const { server, query, seen } = await connected({ query: { deliver: "latest" } });
	const told = [];
	query.onTransaction((transaction) => told.push(transaction));
	const [socket] = server.sockets;
	assert.equal([...socket.subscriptions.values()][0].options.deliver, "latest");
	socket.fold(7, { op: "update", row: ticket(1, "x"), old: { id: "1", title: "ticket 1" } }, { op: "insert", row: ticket(9) });
	socket.fold(2);
	socket.fold(1, { op: "delete", old: ticket(9) });
	await settle();
	assert.deepEqual(told.map(({ folded, changes }) => [folded, changes.length]), [[7, 2], [1, 1]]);
	assert.deepEqual(seen.last().data.map(({ title }) => title), ["x", ticket(2).title]);
	server.commit(["tickets", "update", ticket(2, "y")]);
	await settle();
	assert.equal(told.at(-1).folded, 0);
	assert.equal(seen.last().status, "live");
});

test("queries that are delivered differently are two", async () => {
	const { server, kalam, clock } = await connected();
	watch(tickets(kalam, { deliver: "latest" }));
	await clock.advance(50);
	const [socket] = server.sockets;
	assert.deepEqual([...socket.subscriptions.values()].map(({ options }) => options.deliver), [undefined, "latest"]);
});

test("every event has its place in every state, and what must not happen ends in a new snapshot", () => {
	const events = Object.keys(TRANSITIONS.idle);
	assert.equal(events.length, 15);
	const frame = { type: "mark", subscription_id: "w", seq: "5", prev: "4", rows: [], changes: [], key: ["id"], schema: [], epoch: "e", code: "INVALID_SQL", batch_control: { batch_num: 7, has_more: true } };
	for (const [state, cells] of Object.entries(TRANSITIONS)) {
		assert.deepEqual(Object.keys(cells).sort(), events.sort(), state);
		for (const [type, transition] of Object.entries(cells)) {
			const subscription = new Subscription(QUERY);
			subscription.state = state;
			const effects = subscription.handle({ type, frame, up: true, seq: "5", stored: null, persisted: false, changes: [], whole: true, commitTime: null, liveSeq: "5" });
			const done = effects.map((effect) => effect.do);
			if (transition === "ignore") {
				assert.deepEqual([subscription.state, done], [state, []], `${state} × ${type}`);
			} else if (transition === "unexpected" || transition === "stray") {
				assert.deepEqual(done.slice(0, 3), ["log", "unsubscribe", "subscribe"], `${state} × ${type}`);
				assert.equal(effects[2].cursor, null);
			} else if (type === "release") {
				assert.equal(subscription.state, "idle", state);
			}
		}
	}
});
