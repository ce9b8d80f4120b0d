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

test("what the server can't hold for now is held later", async () => {
	const { world, server, clock } = kitchen();
	server.unpublishable = () => ({ code: "SUBSCRIPTION_FAILED", message: "try again later" });
	const here = presence(world.page().kalam, "room:1");
	watch(here);
	await clock.advance(6_000);
	assert.deepEqual(users(here), []);
	assert.equal(here.getSnapshot().error, null);
	server.unpublishable = undefined;
	await clock.advance(6_000);
	assert.deepEqual(users(here), ["alice"]);
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
