import assert from "node:assert/strict";
import { test } from "node:test";
import { jitter } from "../../main/js/backoff.js";
import { Opening } from "../../main/js/opening.js";
import { World, settle, ticket, watch } from "./harness.js";
import { Log, VirtualClock, seeded, token } from "./virtual.js";

const MINUTE = 60_000;

async function connected(options = {}) {
	const world = new World();
	world.server.commit(["tickets", "insert", ticket(1)]);
	Object.assign(world.server, options.server);
	const page = world.page(options.page);
	const query = page.kalam.table("tickets");
	const seen = watch(query);
	await world.clock.advance(50);
	return { world, server: world.server, clock: world.clock, query, seen, ...page, connection: () => page.kalam.connection.getSnapshot() };
}

/** Runs something and fails if a promise is rejected that nobody looks at. */
async function withoutStrays(run) {
	const strays = [];
	const keep = (error) => strays.push(error);
	process.on("unhandledRejection", keep);
	try {
		await run();
		await settle();
	} finally {
		process.off("unhandledRejection", keep);
	}
	assert.deepEqual(strays, []);
}

test("nothing is connected before somebody listens", async () => {
	const world = new World();
	const { kalam, asked } = world.page();
	kalam.table("tickets").getSnapshot();
	await world.clock.advance(1_000);
	assert.deepEqual([world.server.opened, asked, kalam.connection.getSnapshot()], [0, [], "idle"]);
});

test("the token goes into the first frame, and nowhere else", async () => {
	const { server, log } = await connected();
	assert.equal(server.received[0].token, token("alice"));
	const [socket] = server.sockets;
	assert.equal(socket.url, "ws://server/v1/ws");
	assert.ok(!JSON.stringify(server.received.slice(1)).includes(token("alice")));
	assert.ok(!log.messages.join().includes("eyJ"));
});

test("18: a token is renewed on the live socket, without subscribing again", async () => {
	const { server, clock, asked, seen } = await connected({ server: { ttlMs: 10 * MINUTE } });
	await clock.advance(35 * MINUTE);
	assert.equal(server.opened, 1);
	assert.equal(server.messages("subscribe").length, 1);
	assert.deepEqual(asked, ["connect", "refresh", "refresh", "refresh"]);
	assert.equal(seen.shown.length, 2);
});

test("18: a token of months does not overflow a timer, one of seconds is renewed in time", async () => {
	const long = await connected({ server: { ttlMs: 90 * 24 * 60 * MINUTE } });
	await long.clock.advance(5_000);
	assert.deepEqual(long.asked, ["connect"]);
	const short = await connected({ server: { ttlMs: 8_000 } });
	await short.clock.advance(20_000);
	assert.deepEqual(short.asked, ["connect", "refresh", "refresh", "refresh"]);
});

test("18: getToken that fails for a refresh is asked again, and the page stays live", async () => {
	await withoutStrays(async () => {
		let asked = 0;
		const { server, clock, connection } = await connected({
			server: { ttlMs: 10 * MINUTE },
			page: {
				getToken: async ({ reason }) => {
					if (reason === "refresh" && ++asked < 3) {
						throw new Error("no");
					}
					return token("alice");
				},
			},
		});
		await clock.advance(10 * MINUTE);
		assert.equal(asked, 3);
		assert.equal(server.messages("authenticate").length, 2);
		assert.equal(connection(), "connected");
	});
});

test("19: 4401 is followed by one forced refresh, then it needs a new sign-in", async () => {
	const { server, clock, asked, connection, seen, kalam } = await connected();
	server.authenticate = () => 4401;
	server.drop(4401);
	await clock.advance(10 * MINUTE);
	assert.deepEqual(asked, ["connect", "rejected"]);
	assert.equal(connection(), "needs-auth");
	assert.equal(seen.last().error.code, "TOKEN_REJECTED");
	assert.deepEqual(seen.ids(), ["1"]);
	server.authenticate = () => "alice";
	kalam.setAuth("refresh");
	await clock.advance(1_000);
	assert.equal(connection(), "connected");
	assert.equal(seen.last().error, null);
});

test("19: a token that is accepted after the forced refresh", async () => {
	const { server, clock, asked, connection } = await connected();
	server.drop(4401);
	await clock.advance(1_000);
	assert.deepEqual(asked, ["connect", "rejected"]);
	assert.equal(connection(), "connected");
	assert.equal(server.messages("subscribe").length, 2);
	server.drop(4401);
	await clock.advance(1_000);
	assert.equal(connection(), "needs-auth");
});

test("19: 4403 is final", async () => {
	const { server, clock, connection, kalam } = await connected();
	server.drop(4403);
	await clock.advance(10 * MINUTE);
	assert.equal(connection(), "closed");
	assert.equal(kalam.error.code, "FORBIDDEN");
	assert.equal(server.opened, 1);
});

test("20: full jitter within its bounds, for a thousand clients", () => {
	const environment = { random: seeded(1) };
	for (const [attempt, limit] of [[0, 500], [1, 1_000], [5, 16_000], [6, 30_000], [50, 30_000]]) {
		const waits = Array.from({ length: 1_000 }, () => jitter(environment, attempt));
		assert.ok(waits.every((wait) => wait >= 0 && wait <= limit), `attempt ${attempt}`);
		const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
		assert.ok(Math.abs(mean - limit / 2) < limit * 0.05, `attempt ${attempt}: ${mean}`);
		assert.ok(waits.filter((wait) => wait < limit / 10).length > 50);
	}
});

test("20: attempts grow further apart, and begin anew only when all was live for 10 s", async () => {
	const { server, clock } = await connected({ page: { random: () => 0.999 } });
	server.refuse = true;
	server.drop();
	await clock.advance(10 * MINUTE);
	const during = server.opened;
	assert.ok(during < 30, `${during} attempts in ten minutes`);
	server.refuse = false;
	await clock.advance(31_000);
	const [opened] = [server.opened];
	server.drop();
	await clock.advance(1_000);
	assert.equal(server.opened, opened + 1, "it was live for long enough");
	await clock.advance(1_000);
	server.drop();
	await clock.advance(900);
	assert.equal(server.opened, opened + 1, "not yet");
	await clock.advance(1_200);
	assert.equal(server.opened, opened + 2);
});

test("20: goaway sets the floor, for impatient pages too", async () => {
	const { server, clock, page } = await connected({ page: { random: () => 0 } });
	server.goAway(4_000);
	page.setHidden(false);
	await clock.advance(3_900);
	assert.equal(server.opened, 1);
	await clock.advance(200);
	assert.equal(server.opened, 2);
});

test("20: coming online, or into sight, is worth an attempt at once", async () => {
	const { server, clock, page, connection } = await connected({ page: { random: () => 0.999 } });
	server.refuse = true;
	page.isOnline = false;
	server.drop();
	await clock.advance(5 * MINUTE);
	assert.equal(connection(), "offline");
	server.refuse = false;
	page.setOnline(true);
	await clock.advance(10);
	assert.equal(connection(), "connected");
	server.refuse = true;
	server.drop();
	await clock.advance(5 * MINUTE);
	server.refuse = false;
	page.setHidden(false);
	await clock.advance(10);
	assert.equal(connection(), "connected");
});

test("21: a socket that has gone silent is noticed and replaced", async () => {
	const { server, clock, connection, seen } = await connected();
	const [socket] = server.sockets;
	socket.send = () => {};
	socket.tell = () => {};
	await clock.advance(29_000);
	assert.equal(connection(), "connected");
	await clock.advance(3_000);
	assert.equal(server.opened, 2);
	assert.equal(seen.last().status, "live");
});

test("21: one that never opens, and one that never answers", async () => {
	const world = new World();
	world.server.dead = true;
	const { kalam } = world.page();
	watch(kalam.table("tickets"));
	await world.clock.advance(60_000);
	assert.ok(world.server.opened >= 3 && world.server.opened <= 5);
	world.server.dead = false;
	await world.clock.advance(50_000);
	assert.equal(kalam.connection.getSnapshot(), "connected");
});

test("21: a quiet socket that answers is kept", async () => {
	const { server, clock } = await connected();
	await clock.advance(10 * MINUTE);
	assert.equal(server.opened, 1);
	assert.ok(server.messages("ping").length >= 15);
});

test("22: a hidden page's late timers don't take a good socket for a dead one", async () => {
	const { server, clock, page } = await connected();
	page.setHidden(true);
	clock.throttleMs = MINUTE;
	for (let minute = 0; minute < 10; minute++) {
		server.mark();
		await clock.advance(MINUTE);
	}
	assert.equal(server.opened, 1);
});

test("22: after a sleep, timers come before the frames that wait; the socket is asked again", async () => {
	const { server, clock } = await connected();
	server.auto = false;
	await clock.advance(25_100);
	assert.equal(server.messages("ping").length, 1);
	clock.sleep(10 * MINUTE);
	await clock.advance(0);
	server.auto = true;
	server.deliver();
	await clock.advance(6_000);
	assert.equal(server.opened, 1);
});

test("22: a dead socket of a hidden page is replaced in the end", async () => {
	const { server, clock } = await connected();
	const [socket] = server.sockets;
	socket.send = () => {};
	clock.throttleMs = MINUTE;
	await clock.advance(6 * MINUTE);
	assert.ok(server.opened >= 2);
});

test("23: hidden away, the socket is closed; back from the cache, it resumes", async () => {
	const { server, clock, page, seen } = await connected();
	page.fire("pagehide", { persisted: true });
	await clock.advance(5 * MINUTE);
	assert.equal(server.sockets.size, 0);
	assert.equal(server.opened, 1);
	server.commit(["tickets", "insert", ticket(2)]);
	page.fire("pageshow", { persisted: true });
	await clock.advance(100);
	assert.deepEqual(seen.ids(), ["1", "2"]);
	assert.ok(server.messages("subscribe")[1].subscription.options.from);
});

test("a clock that jumps back or on does no harm: only the time that passes counts", async () => {
	const { Date: Real } = globalThis;
	const { server, clock, seen } = await connected({ server: { ttlMs: 10 * MINUTE } });
	try {
		globalThis.Date = class extends Real {
			static now() {
				return Real.now() + 1e12;
			}
		};
		await clock.advance(5 * MINUTE);
	} finally {
		globalThis.Date = Real;
	}
	assert.equal(server.opened, 1);
	assert.equal(server.messages("authenticate").length, 1);
	assert.equal(seen.last().status, "live");
});

test("getToken that throws: waiting, then a sign-in is needed, and no stray rejection", async () => {
	await withoutStrays(async () => {
		for (const getToken of [() => { throw new Error("sync"); }, async () => { throw new Error("async"); }, async () => undefined, () => ""]) {
			const world = new World();
			let asked = 0;
			const { kalam, page } = world.page({ getToken: (context) => { asked++; return getToken(context); } });
			const seen = watch(kalam.table("tickets"));
			await world.clock.advance(1_000);
			assert.match(kalam.connection.getSnapshot(), /waiting|connecting/);
			await world.clock.advance(20 * MINUTE);
			assert.equal(kalam.connection.getSnapshot(), "needs-auth");
			assert.equal(seen.last().error.code, "TOKEN_UNAVAILABLE");
			assert.equal(seen.last().loading, false);
			assert.equal(asked, 10);
			page.setHidden(false);
			await world.clock.advance(10);
			assert.equal(asked, 11);
		}
	});
});

test("closed while nobody is signed in, it stays closed whatever the page does", async () => {
	const world = new World();
	let asked = 0;
	const { kalam, page } = world.page({ getToken: () => { asked++; throw new Error("none"); } });
	watch(kalam.table("tickets"));
	await world.clock.advance(20 * MINUTE);
	page.setHidden(false);
	await world.clock.advance(20 * MINUTE);
	assert.deepEqual([kalam.connection.getSnapshot(), asked], ["needs-auth", 20]);
	page.setHidden(false);
	await world.clock.advance(10);
	kalam.close();
	page.setHidden(false);
	page.setOnline(true);
	await world.clock.advance(20 * MINUTE);
	assert.deepEqual([kalam.connection.getSnapshot(), asked, world.server.opened], ["closed", 21, 0]);
});

test("getToken that hangs is not waited for forever", async () => {
	const world = new World();
	let asked = 0;
	const { kalam } = world.page({ getToken: () => { asked++; return new Promise(() => {}); } });
	watch(kalam.table("tickets"));
	const told = [];
	kalam.connection.subscribe(() => told.push([kalam.connection.getSnapshot(), kalam.error?.code]));
	await world.clock.advance(16_000);
	assert.deepEqual(told[0], ["waiting", "TOKEN_UNAVAILABLE"]);
	await world.clock.advance(20 * MINUTE);
	assert.deepEqual([kalam.connection.getSnapshot(), asked], ["needs-auth", 10]);
});

test("a server of another version, or without transactions, is said so and left alone", async () => {
	for (const server of [{ version: 2 }, { transactions: false }]) {
		const { kalam, clock, connection, server: fake } = await connected({ server });
		await clock.advance(10 * MINUTE);
		assert.equal(connection(), "closed");
		assert.equal(kalam.error.code, "VERSION");
		assert.match(kalam.error.message, /kalam\.js/);
		assert.equal(fake.opened, 1);
	}
});

test("truncated frames: connected anew, and after five times in a row no more", async () => {
	const { server, clock, connection, kalam, log } = await connected();
	server.tamper = (text) => [text.includes("auth_success") ? text : text.slice(0, text.length / 2)];
	server.mark();
	await clock.advance(20 * MINUTE);
	assert.equal(connection(), "closed");
	assert.equal(kalam.error.code, "PROTOCOL");
	assert.equal(server.opened, 5);
	assert.equal(log.count("malformed") + log.count("no JSON"), 5);
});

test("one truncated frame costs a reconnection and nothing else", async () => {
	const { server, clock, seen } = await connected();
	server.tamper = (text) => [text.slice(0, 20)];
	server.commit(["tickets", "insert", ticket(2)]);
	server.tamper = (text) => [text];
	await clock.advance(1_000);
	assert.deepEqual(seen.ids(), ["1", "2"]);
	assert.ok(server.messages("subscribe")[1].subscription.options.from);
});

test("frames of an unknown type are ignored", async () => {
	const { server, log, seen } = await connected();
	server.say({ type: "surprise", subscription_id: "x" });
	server.commit(["tickets", "insert", ticket(2)]);
	await settle();
	assert.deepEqual(seen.ids(), ["1", "2"]);
	assert.equal(log.count("unknown type"), 1);
	assert.equal(server.opened, 1);
});

test("frames for nobody, and before the authentication, are ignored", async () => {
	const { server, seen } = await connected();
	server.say({ type: "reset", subscription_id: "nobody", purge: true });
	server.say({ type: "mark", subscription_id: "nobody", seq: "99", prev: "1" });
	await settle();
	assert.equal(seen.last().status, "live");
	const world = new World();
	world.server.tamper = (text) => (text.includes("auth_success") ? ['{"type":"reset","subscription_id":"a","purge":true}', text] : [text]);
	world.server.commit(["tickets", "insert", ticket(1)]);
	const other = watch(world.page().kalam.table("tickets"));
	await world.clock.advance(50);
	assert.deepEqual(other.ids(), ["1"]);
});

test("25: another user's rows are gone before anything of the new one comes", async () => {
	let user = "alice";
	const { server, clock, kalam, seen } = await connected({ page: { getToken: async () => token(user) } });
	user = "bob";
	server.slowSnapshots = true;
	kalam.setAuth("login");
	assert.deepEqual([seen.last().data, seen.last().loading], [[], true]);
	await clock.advance(100);
	assert.deepEqual(seen.last().data, []);
	assert.equal(kalam.debug().user, "bob");
});

test("25: also if nobody said that the user has changed", async () => {
	let user = "alice";
	const { server, clock, seen } = await connected({ page: { getToken: async () => token(user) } });
	user = "bob";
	server.slowSnapshots = true;
	server.drop();
	await clock.advance(2_000);
	assert.deepEqual(seen.last().data, []);
	assert.equal(server.messages("subscribe")[1].subscription.options.from, undefined);
});

test("signing out forgets and stays out; signing in comes back", async () => {
	const { server, clock, kalam, seen, connection } = await connected();
	kalam.setAuth("logout");
	assert.deepEqual([seen.last().data, seen.last().error.code, connection()], [[], "SIGNED_OUT", "needs-auth"]);
	await clock.advance(10 * MINUTE);
	assert.equal(server.opened, 1);
	kalam.setAuth("login");
	await clock.advance(100);
	assert.deepEqual(seen.ids(), ["1"]);
});

test("closed for good", async () => {
	const { server, clock, kalam, seen, connection } = await connected();
	kalam.close();
	kalam.setAuth("login");
	await clock.advance(10 * MINUTE);
	assert.deepEqual([connection(), server.sockets.size, server.opened], ["closed", 0, 1]);
	assert.equal(seen.last().error?.code, "CLOSED");
	assert.equal(watch(kalam.table("messages")).last().error.code, "CLOSED");
	assert.equal(clock.pending, 0);
});

test("a url with a query or a user is refused: tokens end in logs there", () => {
	const world = new World();
	assert.throws(() => world.page({ url: "ws://server/v1/ws?token=x" }).kalam.table("t"), /getToken/);
	assert.throws(() => world.page({ url: "ws://a:b@server/v1/ws" }).kalam.table("t"), /getToken/);
});

test("a socket that the browser refuses to open is said so, and not asked for again", async () => {
	for (const WebSocket of [class { constructor() { throw new DOMException("insecure", "SecurityError"); } }, 5]) {
		const world = new World();
		const { kalam, asked } = world.page({ WebSocket });
		watch(kalam.table("tickets"));
		await world.clock.advance(10 * MINUTE);
		assert.deepEqual([kalam.connection.getSnapshot(), kalam.error.code, asked.length], ["closed", "BLOCKED", 1]);
	}
});

test("made on a server it does nothing, and that without an error", () => {
	const kalam = new World().page({ WebSocket: undefined, url: undefined }).kalam;
	assert.equal(kalam.table("tickets").getSnapshot().status, "idle");
	assert.equal(kalam.connection.getSnapshot(), "idle");
});

test("a module that can't be loaded is gone without", async () => {
	const log = new Log();
	const opening = new Opening({}, { logger: log }, "", null, "", () => null);
	assert.equal(await opening.load(() => import("./nowhere.js")), null);
	assert.equal(log.count("could not be loaded"), 1);
});

test("wrong calls say what to write", () => {
	const { kalam } = new World().page();
	assert.throws(() => kalam.table("a; drop"), /live\(\)/);
	assert.throws(() => kalam.live(""), /SELECT/);
	assert.throws(() => kalam.live("SELECT 1", { orderBy: "a b c" }), /orderBy/);
	assert.throws(() => new World().page({ getToken: "x" }), /getToken/);
});
