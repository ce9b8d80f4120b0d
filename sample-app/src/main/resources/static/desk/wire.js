/**
 * The badge, and what is under the hood: how the connection is, and the buttons that break it.
 */
import { announce } from "./announce.js";
import { connectionState } from "./connection-state.js";
import { byId, find, setText } from "./dom.js";

const LOOK_MS = 1_000;
const TABLES = /\bFROM (tickets|messages)\b/;
const SHARING = { alone: "this tab's own", leader: "this tab's, for all tabs", follower: "another tab's" };

export class Wire {
	#line;
	#queries;
	#state = "";
	#unlisten;
	#timer;
	#aborter = new AbortController();

	/** @param queries gives the live queries that are on the page now */
	constructor(line, queries) {
		this.#line = line;
		this.#queries = queries;
		this.#unlisten = line.kalam.connection.subscribe(() => this.show());
		this.#timer = setInterval(() => this.#showFacts(), LOOK_MS);
		const { signal } = this.#aborter;
		byId("kill").addEventListener("click", () => line.kill(), { signal });
		byId("away").addEventListener("click", () => this.#setAway(!line.isAway), { signal });
		this.show();
	}

	get isLive() {
		return this.#state === "live";
	}

	show() {
		const { state, label, detail } = this.#look();
		const badge = byId("badge");
		badge.dataset.state = state;
		setText(find(badge, ".label"), label);
		setText(find(badge, ".detail"), detail);
		if (state !== this.#state) {
			this.#state = state;
			announce(`Connection: ${label}`);
		}
		this.#showFacts();
	}

	close() {
		this.#unlisten();
		this.#aborter.abort();
		clearInterval(this.#timer);
		this.#showAway(false);
	}

	#look() {
		const { kalam, isAway } = this.#line;
		return connectionState({
			isAway,
			connection: kalam.connection.getSnapshot(),
			lagMs: kalam.debug().lagMs,
			queries: this.#queries().map((query) => query.getSnapshot()),
		});
	}

	#setAway(away) {
		this.#line.setAway(away);
		this.#showAway(away);
		this.show();
	}

	#showAway(away) {
		byId("away").setAttribute("aria-pressed", String(away));
		setText(byId("away"), away ? "Bring this tab back" : "Take this tab offline");
		byId("kill").disabled = away;
	}

	#showFacts() {
		const { seq, lagMs, sharing, connectedMs, queries } = this.#line.kalam.debug();
		const facts = {
			Socket: connectedMs === null ? "none" : SHARING[sharing],
			"Connected for": connectedMs === null ? "–" : `${Math.floor(connectedMs / 1000)} s`,
			"Last lag": lagMs === null ? "–" : `${Math.round(lagMs)} ms`,
			Rows: held(queries.filter(({ sql }) => TABLES.test(sql))),
			Events: held(queries.filter(({ sql }) => !TABLES.test(sql))),
			Position: seq ?? "–",
		};
		const list = byId("facts");
		if (list.children.length === 0) {
			Object.keys(facts).forEach((name) => list.append(element("dt", name), element("dd", "")));
		}
		Object.values(facts).forEach((fact, index) => setText(list.children[2 * index + 1], fact));
	}
}

/** How many rows queries hold, or events that live: those of streams are rows to the client too. */
function held(queries) {
	return String(queries.reduce((sum, { rows }) => sum + rows, 0));
}

function element(name, text) {
	const created = document.createElement(name);
	created.textContent = text;
	return created;
}
