import { createCollection } from "@tanstack/db";
import assert from "node:assert/strict";
import { test } from "node:test";
import { kalamCollectionOptions } from "../../main/js/tanstack.js";
import { World, settle, ticket } from "./harness.js";

async function collect(options = {}, rows = 2) {
	const world = new World();
	for (let id = 1; id <= rows; id++) {
		world.server.commit(["tickets", "insert", ticket(id)]);
	}
	const page = world.page();
	const collection = createCollection(kalamCollectionOptions({ kalam: page.kalam, table: "tickets", getKey: (row) => row.id, ...options }));
	const told = [];
	const subscription = collection.subscribeChanges((changes) => told.push(changes.map(({ type, key }) => `${type} ${key}`).sort()));
	const pass = async (ms = 50) => {
		await world.clock.advance(ms);
		await settle();
	};
	await pass();
	return { world, server: world.server, collection, told, subscription, pass, titles: () => [...collection.values()].map(({ title }) => title).sort(), ...page };
}

test("a collection is ready with the snapshot, and follows each commit as one", async () => {
	const { collection, server, titles, told, pass } = await collect();
	assert.equal(collection.status, "ready");
	assert.deepEqual(titles(), ["ticket 1", "ticket 2"]);
	told.length = 0;
	server.commit(["tickets", "insert", ticket(3)], ["tickets", "update", ticket(1, "changed")], ["tickets", "delete", ticket(2)]);
	await pass();
	assert.deepEqual(told, [["delete 2", "insert 3", "update 1"]]);
	assert.deepEqual(titles(), ["changed", "ticket 3"]);
});

test("within a commit what counts is what is left", async () => {
	const { server, titles, told, pass } = await collect();
	told.length = 0;
	server.commit(["tickets", "insert", ticket(5)], ["tickets", "delete", ticket(5)], ["tickets", "update", ticket(7, "was 1"), ticket(1)]);
	await pass();
	assert.deepEqual(told, [["delete 1", "insert 7"]]);
	server.commit(["tickets", "truncate"], ["tickets", "insert", ticket(9)]);
	await pass();
	assert.deepEqual(titles(), ["ticket 9"]);
});

test("a new snapshot is written as what is different", async () => {
	const { server, told, pass, titles } = await collect();
	told.length = 0;
	server.drop();
	server.commit(["tickets", "delete", ticket(1)], ["tickets", "insert", ticket(3)]);
	server.expire();
	await pass(3_000);
	assert.deepEqual(told, [["delete 1", "insert 3"]]);
	assert.deepEqual(titles(), ["ticket 2", "ticket 3"]);
});

test("a resume, a purge and an empty table", async () => {
	const { server, collection, pass, titles } = await collect();
	server.drop();
	server.commit(["tickets", "delete", ticket(1)]);
	await pass(3_000);
	assert.deepEqual(titles(), ["ticket 2"]);
	server.slowSnapshots = true;
	server.reset("tickets", { purge: true });
	await pass();
	assert.equal(collection.size, 0);
	const empty = await collect({ sql: "SELECT * FROM messages", table: undefined }, 0);
	assert.deepEqual([empty.collection.status, empty.collection.size], ["ready", 0]);
});

test("a collection that is cleaned up lets its query go", async () => {
	const { server, collection, subscription, pass } = await collect();
	subscription.unsubscribe();
	await collection.cleanup();
	await pass(31_000);
	assert.equal(server.messages("unsubscribe").length, 1);
});

test("a query that fails leaves the collection ready and empty, with the error at the query", async () => {
	const { collection, kalam } = await collect({ table: "nowhere" });
	assert.deepEqual([collection.status, collection.size], ["ready", 0]);
	assert.equal(kalam.table("nowhere").getSnapshot().error.code, "NOT_FOUND");
});
