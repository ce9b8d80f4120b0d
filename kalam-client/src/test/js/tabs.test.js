import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser } from "./browser.js";
import { World, ticket, watch } from "./harness.js";
import { token } from "./virtual.js";

async function twoTabs(options = [{}, {}], server = {}) {
	const world = new World();
	Object.assign(world.server, server);
	world.server.commit(["tickets", "insert", ticket(1)]);
	const browser = new Browser(world);
	const tabs = [];
	for (const one of options) {
		const tab = browser.tab(one);
		tab.query = tab.kalam.table("tickets");
		tab.seen = watch(tab.query);
		tabs.push(tab);
		await world.clock.advance(200);
	}
	return { world, browser, server: world.server, clock: world.clock, tabs };
}

const roles = (tabs) => tabs.map((tab) => tab.role());
const ids = (tabs) => tabs.map((tab) => tab.seen.ids().join());

test("24: two tabs, one socket, both live", async () => {
	const { server, clock, tabs } = await twoTabs([{}, {}, {}]);
	assert.equal(server.opened, 1);
	assert.deepEqual(roles(tabs), ["leader", "follower", "follower"]);
	server.commit(["tickets", "insert", ticket(2)]);
	await clock.advance(50);
	assert.deepEqual(ids(tabs), ["1,2", "1,2", "1,2"]);
	assert.deepEqual(tabs.map(({ kalam }) => kalam.connection.getSnapshot()), ["connected", "connected", "connected"]);
	assert.deepEqual(tabs.flatMap(({ log }) => log.messages), []);
});

test("24: the leader is closed: another tab resumes, with nothing missed and no snapshot", async () => {
	const { server, clock, tabs } = await twoTabs();
	tabs[0].page.fire("pagehide", {});
	tabs[0].crash();
	server.commit(["tickets", "insert", ticket(2)]);
	await clock.advance(3_000);
	assert.equal(tabs[1].role(), "leader");
	assert.deepEqual(tabs[1].seen.ids(), ["1", "2"]);
	assert.equal(server.sockets.size, 1);
	assert.ok(server.messages("subscribe").at(-1).subscription.options.from);
});

test("24: the leader crashes: the same", async () => {
	const { server, clock, tabs } = await twoTabs([{}, {}, {}]);
	tabs[0].crash();
	server.commit(["tickets", "insert", ticket(2)]);
	await clock.advance(3_000);
	assert.deepEqual(roles(tabs).slice(1), ["leader", "follower"]);
	assert.deepEqual(ids(tabs).slice(1), ["1,2", "1,2"]);
});

test("24: a frozen leader is replaced by a visible tab, and is a follower when it wakes up", async () => {
	const { server, clock, tabs } = await twoTabs([{}, {}, {}]);
	tabs[0].freeze();
	server.commit(["tickets", "insert", ticket(2)]);
	await clock.advance(30_000);
	assert.deepEqual(roles(tabs).slice(1).sort(), ["follower", "leader"]);
	assert.deepEqual(ids(tabs).slice(1), ["1,2", "1,2"]);
	server.commit(["tickets", "insert", ticket(3)]);
	await clock.advance(1_000);
	tabs[0].thaw();
	await clock.advance(30_000);
	assert.equal(tabs[0].role(), "follower");
	assert.deepEqual(ids(tabs), ["1,2,3", "1,2,3", "1,2,3"]);
	assert.equal(server.sockets.size, 1);
	server.commit(["tickets", "delete", ticket(1)]);
	await clock.advance(1_000);
	assert.deepEqual(ids(tabs), ["2,3", "2,3", "2,3"]);
});

test("24: what a leader of before still has to say is not listened to", async () => {
	const { clock, tabs, browser } = await twoTabs([{}, {}, {}]);
	tabs[0].freeze();
	await clock.advance(30_000);
	const before = tabs.slice(1).map(({ seen }) => seen.shown.length);
	browser.say({ tab: "old", term: 1, kind: "down" });
	browser.say({ tab: "old", term: 1, kind: "frame", frame: { type: "mark", seq: "99999999", prev: "1" } });
	await clock.advance(10);
	assert.deepEqual(tabs.slice(1).map(({ seen }) => seen.shown.length), before);
	assert.deepEqual(tabs.slice(1).map(({ kalam }) => kalam.connection.getSnapshot()), ["connected", "connected"]);
});

test("24: a hidden tab does not take the lead away from a frozen one; once in sight it does at once", async () => {
	const { clock, tabs } = await twoTabs();
	tabs[1].page.isHidden = true;
	tabs[0].freeze();
	await clock.advance(120_000);
	assert.equal(tabs[1].role(), "follower");
	tabs[1].page.setHidden(false);
	await clock.advance(4_000);
	assert.equal(tabs[1].role(), "leader");
});

test("24: a leader that is quiet but answers keeps the lead", async () => {
	const { clock, tabs, server } = await twoTabs();
	await clock.advance(300_000);
	assert.deepEqual(roles(tabs), ["leader", "follower"]);
	assert.equal(server.opened, 1);
});

test("24: a follower that closes, or crashes, leaves no subscription behind", async () => {
	const { clock, tabs, server } = await twoTabs([{}, {}, {}]);
	tabs[1].page.fire("pagehide", {});
	tabs[2].crash();
	await clock.advance(1_000);
	const [socket] = server.sockets;
	assert.equal(socket.subscriptions.size, 1);
	tabs[1].page.fire("pageshow", { persisted: true });
	server.commit(["tickets", "insert", ticket(2)]);
	await clock.advance(1_000);
	assert.deepEqual(tabs[1].seen.ids(), ["1", "2"]);
	assert.equal(server.opened, 1);
});

test("24: a follower whose browser is slow to grant it its own lock is not taken for gone", async () => {
	const ownLock = (name) => name.split(":").length === 3;
	const { server, clock, tabs } = await twoTabs([{}, { late: ownLock }]);
	await clock.advance(200);
	server.commit(["tickets", "insert", ticket(2)]);
	await clock.advance(200);
	assert.deepEqual(ids(tabs), ["1,2", "1,2"]);
	assert.equal(server.opened, 1);
});

test("24: all lose the socket together, and come back together", async () => {
	const { clock, tabs, server } = await twoTabs();
	server.drop();
	await clock.advance(0);
	assert.deepEqual(tabs.map(({ seen }) => seen.last().status), ["stale", "stale"]);
	server.commit(["tickets", "insert", ticket(2)]);
	await clock.advance(3_000);
	assert.deepEqual(ids(tabs), ["1,2", "1,2"]);
	assert.deepEqual(tabs.map(({ seen }) => seen.last().status), ["live", "live"]);
});

test("24: a leader without a good token hands over to a tab that may have one", async () => {
	let good = true;
	const { clock, tabs, server } = await twoTabs([{ getToken: async () => (good ? token("alice") : Promise.reject(new Error("no"))) }, {}]);
	good = false;
	server.drop(4401);
	await clock.advance(600_000);
	assert.equal(tabs[1].role(), "leader");
	assert.equal(tabs[1].seen.last().status, "live");
	assert.equal(tabs[0].seen.last().status, "live");
});

test("24: nobody has a good token: everybody is told, and nobody asks forever", async () => {
	const { clock, tabs, server } = await twoTabs();
	server.authenticate = () => 4401;
	server.drop(4401);
	await clock.advance(600_000);
	assert.deepEqual(tabs.map(({ kalam }) => kalam.connection.getSnapshot()), ["needs-auth", "needs-auth"]);
	assert.ok(server.opened < 10, `${server.opened}`);
	server.authenticate = () => "alice";
	tabs[1].kalam.setAuth("refresh");
	await clock.advance(5_000);
	assert.deepEqual(tabs.map(({ seen }) => seen.last().status), ["live", "live"]);
	assert.deepEqual(roles(tabs), ["follower", "leader"]);
	tabs[1].crash();
	server.commit(["tickets", "insert", ticket(2)]);
	await clock.advance(5_000);
	assert.deepEqual([tabs[0].role(), tabs[0].seen.ids()], ["leader", ["1", "2"]]);
});

test("25: another user's tab has a socket of its own", async () => {
	const { tabs, server } = await twoTabs([{ user: "alice" }, { user: "bob" }]);
	assert.deepEqual(roles(tabs), ["leader", "leader"]);
	assert.equal(server.opened, 2);
	assert.deepEqual([...server.sockets].map(({ user }) => user).sort(), ["alice", "bob"]);
});

test("25: so has one with other claims, or a token that can't be read", async () => {
	const { tabs, server } = await twoTabs([{ getToken: async () => token("alice", { tenant: 1, iat: 1, exp: 2 }) }, { getToken: async () => token("alice", { tenant: 2 }) }, { getToken: async () => token("alice", { tenant: 1, iat: 9, exp: 10 }) }]);
	assert.equal(server.opened, 2);
	assert.deepEqual(roles(tabs), ["leader", "leader", "follower"]);
	const opaque = await twoTabs([{ getToken: async () => "opaque" }], { authenticate: () => "alice" });
	assert.deepEqual(roles(opaque.tabs), ["alone"]);
});

test("25: signing out in one tab signs all of them out, those of other users not", async () => {
	const { clock, tabs } = await twoTabs([{}, {}, { user: "bob" }]);
	tabs[1].kalam.setAuth("logout");
	await clock.advance(100);
	assert.deepEqual(tabs.map(({ seen }) => seen.last().data.length), [0, 0, 1]);
	assert.deepEqual(tabs.map(({ kalam }) => kalam.connection.getSnapshot()), ["needs-auth", "needs-auth", "connected"]);
});

test("24: a follower's query that is denied or wrong is its own matter", async () => {
	const { clock, tabs } = await twoTabs();
	const wrong = watch(tabs[1].kalam.table("nowhere"));
	await clock.advance(100);
	assert.equal(wrong.last().error.code, "NOT_FOUND");
	assert.deepEqual(tabs.map(({ seen }) => seen.last().status), ["live", "live"]);
});

test("14: what a policy takes away is forgotten in every tab, and read anew", async () => {
	const { server, clock, tabs } = await twoTabs([{}, {}, {}]);
	server.slowSnapshots = true;
	server.reset("tickets", { reason: "policy", purge: true });
	await clock.advance(100);
	assert.deepEqual(ids(tabs), ["", "", ""]);
	server.slowSnapshots = false;
	server.drop();
	await clock.advance(3_000);
	assert.deepEqual(ids(tabs), ["1", "1", "1"]);
});

test("14: so is all of it where nothing may be read any more", async () => {
	const { server, clock, tabs } = await twoTabs();
	const subscribed = server.messages("subscribe").map(({ subscription }) => subscription.id);
	subscribed.forEach((id) => server.say({ type: "error", subscription_id: id, code: "UNAUTHORIZED", message: "The table may no longer be read" }));
	await clock.advance(100);
	assert.deepEqual(ids(tabs), ["", ""]);
	assert.deepEqual(tabs.map(({ seen }) => [seen.last().status, seen.last().error.code]), [["denied", "UNAUTHORIZED"], ["denied", "UNAUTHORIZED"]]);
});

test("14: what can't be decided is forgotten at once and asked for again", async () => {
	const { server, clock, tabs } = await twoTabs();
	const subscribed = server.messages("subscribe").map(({ subscription }) => subscription.id);
	server.slowSnapshots = true;
	subscribed.forEach((id) => {
		server.say({ type: "reset", subscription_id: id, reason: "policy", purge: true });
		server.say({ type: "error", subscription_id: id, code: "SUBSCRIPTION_FAILED", message: "It could not be decided" });
	});
	await clock.advance(50);
	assert.deepEqual(ids(tabs), ["", ""]);
	server.slowSnapshots = false;
	server.drop();
	await clock.advance(10_000);
	assert.deepEqual(ids(tabs), ["1", "1"]);
});

test("without locks every tab is on its own", async () => {
	const { tabs, server } = await twoTabs([{ environment: { locks: undefined } }, { environment: { BroadcastChannel: undefined } }, { share: false }]);
	assert.deepEqual(roles(tabs), ["alone", "alone", "alone"]);
	assert.equal(server.opened, 3);
	assert.deepEqual(ids(tabs), ["1", "1", "1"]);
});
