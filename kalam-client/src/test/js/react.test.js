import { Window } from "happy-dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { World, settle, ticket } from "./harness.js";

const window = new Window();
Object.assign(globalThis, { window, document: window.document, IS_REACT_ACT_ENVIRONMENT: true });
globalThis.navigator ??= window.navigator;

const { StrictMode, act, createElement: h, memo } = await import("react");
const { createRoot, hydrateRoot } = await import("react-dom/client");
const { renderToString } = await import("react-dom/server");
const { KalamProvider, useConnection, useKalam, useLiveQuery, usePresence, useRealtimeTable } = await import("../../main/js/react.js");

async function mount(element, { world = new World(), strict = true, rows = 2 } = {}) {
	for (let id = 1; id <= rows; id++) {
		world.server.commit(["tickets", "insert", ticket(id)]);
	}
	const { kalam, ...page } = world.page();
	const container = document.createElement("div");
	const root = createRoot(container);
	const tree = h(KalamProvider, { kalam }, element);
	const show = (other) => act(async () => root.render(strict ? h(StrictMode, null, other) : other));
	await show(tree);
	const pass = (ms = 50) => act(() => world.clock.advance(ms));
	return { world, server: world.server, kalam, container, root, pass, show, text: () => container.textContent, ...page };
}

function Titles({ query = "tickets" }) {
	const { data, loading, error } = useRealtimeTable(query);
	return error ? `error: ${error.message}` : loading ? "loading" : data.map(({ title }) => title).join(", ");
}

test("27: loading, then rows, then every change", async () => {
	const { server, text, pass } = await mount(h(Titles));
	assert.equal(text(), "loading");
	await pass();
	assert.equal(text(), "ticket 1, ticket 2");
	await act(async () => server.commit(["tickets", "update", ticket(1, "changed")]));
	assert.equal(text(), "changed, ticket 2");
});

test("27: StrictMode opens one subscription", async () => {
	const { server, pass } = await mount(h("div", null, h(Titles), h(Titles)));
	await pass();
	assert.equal(server.messages("subscribe").length, 1);
	assert.equal(server.messages("unsubscribe").length, 0);
});

test("27: options that are written in place, with other objects each time, are the same query", async () => {
	let renders = 0;
	function Open() {
		renders++;
		const { data } = useLiveQuery("SELECT * FROM tickets WHERE title = $1", { params: ["ticket 2"], orderBy: "id" });
		return String(data.length);
	}
	const { server, text, pass } = await mount(h(Open), { strict: false });
	await pass();
	await pass(40_000);
	assert.equal(text(), "1");
	assert.equal(server.messages("subscribe").length, 1);
	assert.ok(renders <= 4, `${renders}`);
});

test("27: a row that does not change is not drawn again; a query that is not touched neither", async () => {
	const drawn = [];
	const Row = memo(({ row }) => {
		drawn.push(row.id);
		return row.title;
	});
	let messages = 0;
	function Board() {
		return useRealtimeTable("tickets").data.map((row) => h(Row, { key: row.id, row }));
	}
	function Room() {
		messages++;
		return String(useRealtimeTable("messages").data.length);
	}
	const { server, pass } = await mount(h("div", null, h(Board), h(Room)), { strict: false });
	await pass();
	drawn.length = 0;
	const before = messages;
	await act(async () => server.commit(["tickets", "update", ticket(2, "changed")]));
	assert.deepEqual(drawn, ["2"]);
	await act(async () => server.drop());
	await pass(3_000);
	await act(async () => server.reset("tickets"));
	assert.deepEqual(drawn, ["2"], "a resume and a new snapshot bring the same rows");
	assert.ok(messages - before <= 4);
});

test("27: a commit over two tables is one render of both", async () => {
	const pairs = [];
	function Both() {
		const tickets = useRealtimeTable("tickets").data.length;
		const messages = useRealtimeTable("messages").data.length;
		pairs.push(`${tickets}/${messages}`);
		return null;
	}
	const { server, pass } = await mount(h(Both), { strict: false });
	await pass();
	pairs.length = 0;
	await act(async () => server.commit(["tickets", "insert", ticket(3)], ["messages", "insert", ticket(1)]));
	assert.deepEqual(pairs, ["3/1"]);
});

test("27: an unmounted query lingers, and is live at once when it comes back", async () => {
	const { kalam, server, root, text, pass, show } = await mount(h(Titles));
	await pass();
	await show(h(KalamProvider, { kalam }, "elsewhere"));
	await pass(20_000);
	await show(h(KalamProvider, { kalam }, h(Titles)));
	assert.equal(text(), "ticket 1, ticket 2");
	assert.equal(server.messages("subscribe").length, 1);
	await act(async () => root.unmount());
	await pass(31_000);
	assert.equal(server.messages("unsubscribe").length, 1);
});

test("27: another query, in the same component", async () => {
	const { kalam, text, pass, show, server } = await mount(h(Titles));
	await pass();
	server.commit(["messages", "insert", ticket(1, "hello")]);
	await show(h(KalamProvider, { kalam }, h(Titles, { query: "messages" })));
	await pass();
	assert.equal(text(), "hello");
});

test("27: an error shows, and the connection's state", async () => {
	const Badge = () => useConnection();
	const { text, pass } = await mount(h("div", null, h(Badge), " ", h(Titles, { query: "nowhere" })));
	await pass();
	assert.equal(text(), "connected error: There is no realtime table 'nowhere' that you may read.");
});

test("27: a server renders that it is loading, and a browser goes on from there", async () => {
	const world = new World();
	world.server.commit(["tickets", "insert", ticket(1)]);
	const { kalam, log } = world.page();
	const tree = h(KalamProvider, { kalam }, h(Titles));
	const html = renderToString(tree);
	assert.equal(html, "loading");
	assert.equal(world.server.opened, 0);
	const container = document.createElement("div");
	container.innerHTML = html;
	const errors = [];
	await act(async () => hydrateRoot(container, tree, { onRecoverableError: (error) => errors.push(error) }));
	await act(() => world.clock.advance(50));
	assert.equal(container.textContent, "ticket 1");
	assert.deepEqual([errors, log.messages], [[], []]);
});

test("without a provider it says what is missing", async () => {
	const Lost = () => String(useKalam());
	const { error } = console;
	console.error = () => {};
	try {
		assert.throws(() => renderToString(h(Lost)), /KalamProvider/);
	} finally {
		console.error = error;
	}
	await settle();
});

test("a component is in a place as long as it is there", async () => {
	const world = new World();
	world.server.table("presence", { place: "text", user_id: "text", status: "text" }, ["place", "user_id"]);
	function Here({ status }) {
		const { data } = usePresence("room:1", { row: { status } });
		return data.map((row) => `${row.user_id} ${row.status}`).join();
	}
	const { server, text, pass, root, show, kalam } = await mount(h(Here, { status: "busy" }), { world });
	await pass();
	assert.equal(text(), "alice busy");
	await show(h(KalamProvider, { kalam }, h(Here, { status: "free" })));
	await pass();
	assert.equal(text(), "alice free");
	assert.equal(server.commits.flatMap(({ changes }) => changes).filter(({ op }) => op === "delete").length, 0);
	await act(async () => root.unmount());
	await pass(1_100);
	assert.equal(server.rows("presence").length, 0);
});
