import assert from "node:assert/strict";
import { test } from "node:test";
import { events } from "../../main/js/events.js";
import { presence } from "../../main/js/presence.js";
import { Browser } from "./browser.js";
import { World, watch } from "./harness.js";

function kitchen() {
	const world = new World();
	world.server.table("presence", { place: "text", user_id: "text", status: "text" }, ["place", "user_id"]);
	world.server.table("typing", { room: "text", user_id: "text" }, ["room", "user_id"]);
	return { world, server: world.server, clock: world.clock };
}

const users = (here) => here.getSnapshot().data.map(({ user_id, status }) => user_id + (status ? ` ${status}` : ""));

/** Waits for what a promise comes to. */
async function outcome(clock, promise, ms = 100) {
	let found = "nothing";
	promise.then(
		() => (found = "told"),
		(error) => (found = error.code),
	);
	await clock.advance(ms);
	return found;
}

test("an event is told to everybody, by who is authenticated, and taken back", async () => {
	const { world, server, clock } = kitchen();
	const bob = watch(world.page({ user: "bob" }).kalam.table("typing"));
	const { kalam } = world.page();
	assert.equal(await outcome(clock, events(kalam).publish("typing", { room: "kitchen" })), "told");
	assert.deepEqual(bob.last().data.map(({ user_id }) => user_id), ["alice"]);
	assert.equal(await outcome(clock, events(kalam).publish("typing", { room: "kitchen" }, { remove: true })), "told");
	assert.deepEqual(bob.last().data, []);
	assert.equal(server.messages("publish")[0].hold, undefined);
});

test("what the server refuses is an error, and of no subscription", async () => {
	const { world, server, clock } = kitchen();
	server.unpublishable = () => ({ code: "UNAUTHORIZED", message: "You may not tell this event" });
	const { kalam, log } = world.page();
	const query = watch(kalam.table("typing"));
	assert.equal(await outcome(clock, events(kalam).publish("typing", { room: "kitchen" })), "UNAUTHORIZED");
	assert.equal(query.last().error, null);
	assert.equal(query.last().status, "live");
	assert.deepEqual(log.messages, []);
});

test("an event waits ten seconds for a connection, and is not told twice", async () => {
	const { world, server, clock } = kitchen();
	server.dead = true;
	const { kalam } = world.page();
	assert.equal(await outcome(clock, events(kalam).publish("typing", { room: "kitchen" }), 9_900), "nothing");
	assert.equal(await outcome(clock, events(kalam).publish("typing", { room: "hall" }), 11_000), "NOT_CONNECTED");
	server.dead = false;
	await clock.advance(60_000);
	assert.deepEqual(server.messages("publish"), []);
	assert.equal(await outcome(clock, events(kalam).publish("typing", { room: "hall" })), "told");
	server.drop();
	await clock.advance(60_000);
	assert.equal(server.messages("publish").length, 1);
});

test("without a connection it is said that nothing was told, without an answer that nobody knows", async () => {
	const { world, server, clock } = kitchen();
	const { kalam } = world.page();
	watch(kalam.table("typing"));
	await clock.advance(100);
	server.auto = false;
	const told = events(kalam).publish("typing", { room: "kitchen" });
	setImmediate(() => setImmediate(() => setImmediate(() => server.drop())));
	assert.equal(await outcome(clock, told), "UNANSWERED");
	server.refuse = true;
	server.drop();
	assert.equal(await outcome(clock, events(kalam).publish("typing", { room: "kitchen" }), 11_000), "NOT_CONNECTED");
	kalam.close();
	assert.equal(events(kalam).isBusy, false);
});

test("who is there: joins, leaves, comes back in time, says something else", async () => {
	const { world, server, clock } = kitchen();
	const bobs = presence(world.page({ user: "bob" }).kalam, "room:1");
	const bob = watch(bobs);
	const alices = presence(world.page().kalam, "room:1", { row: { status: "busy" } });
	const alice = watch(alices);
	watch(presence(world.page({ user: "carol" }).kalam, "room:2"));
	await clock.advance(100);
	assert.deepEqual(users(bobs), ["bob", "alice busy"]);
	assert.deepEqual(users(alices), ["bob", "alice busy"]);
	const shown = bob.shown.length;
	alices.set({ status: "here" });
	await clock.advance(100);
	assert.deepEqual(users(bobs), ["bob", "alice here"]);
	assert.equal(bob.shown.length, shown + 1);
	server.drop();
	await clock.advance(60_000);
	assert.deepEqual(users(bobs), ["bob", "alice here"]);
	assert.equal(server.commits.filter(({ changes }) => changes.some(({ op }) => op === "delete")).length, 0);
	alice.end();
	await clock.advance(900);
	assert.deepEqual(users(bobs), ["bob", "alice here"]);
	await clock.advance(200);
	assert.deepEqual(users(bobs), ["bob"]);
});

test("who may not be there sees why, and who is", async () => {
	const { world, server, clock } = kitchen();
	const { kalam } = world.page();
	watch(presence(world.page({ user: "bob" }).kalam, "room:1"));
	await clock.advance(100);
	server.unpublishable = (table, row, user) => (user === "alice" ? { code: "UNAUTHORIZED", message: "no" } : null);
	const here = presence(kalam, "room:1");
	const alice = watch(here);
	await clock.advance(100);
	assert.equal(here.getSnapshot().error.code, "UNAUTHORIZED");
	assert.equal(here.getSnapshot(), here.getSnapshot());
	assert.deepEqual(users(here), ["bob"]);
	alice.end();
	server.unpublishable = undefined;
	watch(here);
	await clock.advance(100);
	assert.equal(here.getSnapshot().error, null);
	assert.deepEqual(users(here), ["bob", "alice"]);
});

test("what no server takes is not sent", async () => {
	const { world, server, clock } = kitchen();
	const { kalam } = world.page();
	const large = { place: "x".repeat(70_000) };
	const ends = [];
	assert.equal(await outcome(clock, events(kalam).publish("presence", large)), "MESSAGE_TOO_LARGE");
	events(kalam).hold("presence", large, (error) => ends.push(error.code));
	const hold = events(kalam).hold("presence", { place: "room:1" }, (error) => ends.push(error.code));
	await clock.advance(100);
	hold.set(large);
	await clock.advance(100);
	assert.deepEqual(ends, ["MESSAGE_TOO_LARGE", "MESSAGE_TOO_LARGE"]);
	assert.equal(server.messages("publish").length, 1);
	assert.equal(server.messages("release").length, 1);
	assert.equal(server.rows("presence").length, 0);
});

for (const code of ["SUBSCRIPTION_FAILED", "RATE_LIMIT_EXCEEDED"]) {
	test(`what the server can't hold for now (${code}) is held later, and asked for ever more seldom`, async () => {
		const { world, server, clock } = kitchen();
		const asked = [];
		const refuse = () => (asked.push(clock.now()), { code, message: "try again later" });
		server.unpublishable = refuse;
		const here = presence(world.page().kalam, "room:1");
		watch(here);
		await clock.advance(1_400);
		assert.ok(asked.length > 1, "a moment is over soon");
		assert.equal(here.getSnapshot().error, null);
		await clock.advance(3_600_000);
		assert.equal(here.getSnapshot().error.code, code);
		const pauses = asked.slice(1).map((at, i) => at - asked[i]);
		assert.ok(Math.min(...pauses) >= 500 && Math.max(...pauses) <= 30_500, String(pauses));
		assert.ok(asked.length > 120 && asked.length < 360, `${asked.length} times in an hour`);
		server.unpublishable = undefined;
		await clock.advance(30_600);
		assert.deepEqual(users(here), ["alice"]);
		assert.equal(here.getSnapshot().error, null);
		const told = server.messages("publish").length;
		await clock.advance(3_600_000);
		assert.equal(server.messages("publish").length, told);
		server.unpublishable = refuse;
		here.set({ status: "busy" });
		await clock.advance(100);
		assert.equal(here.getSnapshot().error, null);
		server.unpublishable = undefined;
		await clock.advance(1_000);
		assert.deepEqual(users(here), ["alice busy"]);
	});
}

test("what is left while the server can't hold it is not asked for any more", async () => {
	const { world, server, clock } = kitchen();
	server.unpublishable = () => ({ code: "SUBSCRIPTION_FAILED", message: "try again later" });
	const { kalam } = world.page();
	const hold = events(kalam).hold("presence", { place: "room:1" });
	await clock.advance(100);
	hold.release();
	server.unpublishable = undefined;
	await clock.advance(60_000);
	assert.equal(server.messages("publish").length, 1);
	assert.deepEqual(server.rows("presence"), []);
});

test("who was denied a place asks again with a new token, and with nothing else", async () => {
	const { world, server, clock } = kitchen();
	server.unpublishable = (table, { place }) => (place === "room:1" ? { code: "UNAUTHORIZED", message: "no" } : null);
	const { kalam } = world.page();
	const changes = [];
	const hold = events(kalam).hold("presence", { place: "room:1" }, (error) => changes.push(error && error.code));
	watch(presence(kalam, "room:2"));
	await clock.advance(60_000);
	kalam.setAuth("refresh");
	await clock.advance(100);
	assert.deepEqual(changes, ["UNAUTHORIZED"]);
	assert.equal(hold.error.message, "no");
	assert.deepEqual(server.messages("publish").map(({ row }) => row.place), ["room:1", "room:2", "room:1"]);
	server.unpublishable = undefined;
	await clock.advance(60_000);
	assert.equal(server.messages("publish").length, 3);
	kalam.setAuth("refresh");
	await clock.advance(100);
	assert.deepEqual(changes, ["UNAUTHORIZED", null]);
	assert.equal(hold.error, null);
	assert.equal(server.messages("publish").length, 4);
	assert.deepEqual(server.rows("presence").map(({ place }) => place).sort(), ["room:1", "room:2"]);
});

test("who may be in a place no longer is told, and is back with a new token, or with other values", async () => {
	const { world, server, clock } = kitchen();
	const { kalam } = world.page();
	const here = presence(kalam, "room:1");
	const { shown } = watch(here);
	const revoke = async () => {
		const [socket] = server.sockets;
		socket.tell({ type: "error", publish_id: server.messages("publish")[0].id, code: "UNAUTHORIZED", message: "no longer" });
		await clock.advance(100);
		assert.equal(here.getSnapshot().error.message, "no longer");
		assert.equal(shown.at(-1).error.message, "no longer");
		assert.deepEqual(users(here), []);
	};
	await clock.advance(100);
	assert.deepEqual(users(here), ["alice"]);
	await revoke();
	kalam.setAuth("refresh");
	await clock.advance(100);
	assert.deepEqual([users(here), shown.at(-1).error], [["alice"], null]);
	await revoke();
	here.set({ status: "busy" });
	await clock.advance(100);
	assert.deepEqual([users(here), shown.at(-1).error], [["alice busy"], null]);
});

test("what the server had no time to release is released later", async () => {
	const { world, server, clock } = kitchen();
	const { kalam } = world.page();
	const hold = events(kalam).hold("presence", { place: "room:1" });
	await clock.advance(100);
	server.busy = true;
	hold.release();
	await clock.advance(100);
	assert.equal(server.rows("presence").length, 1);
	server.busy = false;
	await clock.advance(31_000);
	assert.deepEqual(server.rows("presence"), []);
	await clock.advance(60_000);
	assert.equal(server.messages("release").length, 2);
});

test("a follower's place is asked for again with the leader's new token", async () => {
	const { world, server, clock } = kitchen();
	const browser = new Browser(world);
	const [leader, follower] = [browser.tab({}), browser.tab({})];
	watch(leader.kalam.table("typing"));
	server.unpublishable = () => ({ code: "NOT_FOUND", message: "no" });
	const here = presence(follower.kalam, "room:1");
	watch(here);
	await clock.advance(200);
	assert.equal(here.getSnapshot().error.code, "NOT_FOUND");
	server.unpublishable = undefined;
	leader.kalam.setAuth("refresh");
	await clock.advance(200);
	assert.deepEqual([users(here), here.getSnapshot().error], [["alice"], null]);
	assert.equal(server.opened, 1);
});

test("tabs hold over the leader's socket, and a tab that has gone leaves after a time of grace", async () => {
	const { world, server, clock } = kitchen();
	const browser = new Browser(world);
	const [leader, follower] = [browser.tab({}), browser.tab({})];
	watch(leader.kalam.table("typing"));
	await clock.advance(200);
	const here = presence(follower.kalam, "room:1");
	watch(here);
	await clock.advance(200);
	assert.equal(server.opened, 1);
	assert.equal(await outcome(clock, events(follower.kalam).publish("typing", { room: "kitchen" })), "told");
	const seen = watch(leader.kalam.table("presence"));
	await clock.advance(200);
	assert.deepEqual(seen.last().data.map(({ user_id }) => user_id), ["alice"]);
	follower.page.fire("pagehide", {});
	follower.crash();
	await clock.advance(9_000);
	assert.equal(seen.last().data.length, 1);
	await clock.advance(2_000);
	assert.equal(seen.last().data.length, 0);
	assert.deepEqual(leader.log.messages, []);
});

test("a connection that only holds is not given up, and one that holds nothing is", async () => {
	const { world, server, clock } = kitchen();
	const { kalam } = world.page();
	const hold = events(kalam).hold("presence", { place: "room:1" });
	watch(kalam.table("typing")).end();
	await clock.advance(120_000);
	assert.equal(server.sockets.size, 1);
	hold.release();
	watch(kalam.table("typing")).end();
	await clock.advance(120_000);
	assert.equal(server.sockets.size, 0);
});
