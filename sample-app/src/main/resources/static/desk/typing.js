/**
 * Who is writing a message in a room: each page tells it for its user, and shows the others.
 */
import { events } from "/kalam/events.js";
import { byId, setText } from "./dom.js";

const SQL = "SELECT author FROM typing WHERE room = $1";

/** The server forgets it after 6 s: so often it is told while somebody types, and not with each key. */
const TELL_EACH_MS = 3_000;

export class Typing {
	#events;
	#user;
	#room;
	#query;
	#unlisten;
	#toldAt = -Infinity;

	constructor(kalam, user, room) {
		this.#events = events(kalam);
		this.#user = user;
		this.#room = room;
		this.#query = kalam.live(SQL, { params: [room] });
		this.#unlisten = this.#query.subscribe(() => this.#show());
		this.#show();
	}

	/** Follows what is in the field: a key has been pressed. */
	follow(text) {
		if (text.trim() === "") {
			this.stop();
		} else if (this.#isLive && performance.now() - this.#toldAt > TELL_EACH_MS) {
			this.#toldAt = performance.now();
			this.#publish();
		}
	}

	/** Takes back what was told. A message does that in its own commit; this is for what was still on its way then. */
	stop() {
		if (performance.now() - this.#toldAt < 2 * TELL_EACH_MS) {
			this.#publish({ remove: true });
		}
		this.#toldAt = -Infinity;
	}

	close() {
		this.stop();
		this.#unlisten();
		setText(byId("typing"), "");
	}

	get #isLive() {
		return this.#query.getSnapshot().status === "live";
	}

	/** Nothing is lost with an event that could not be told: the next one comes soon. */
	#publish(options) {
		this.#events.publish("typing", { room: this.#room }, options).catch(() => {});
	}

	#show() {
		const others = this.#isLive ? this.#query.getSnapshot().data.map(({ author }) => author).filter((author) => author !== this.#user) : [];
		setText(byId("typing"), describe(others.sort()));
	}
}

function describe([one, other, ...more]) {
	if (!one) {
		return "";
	}
	return more.length > 0 ? "Several people are typing …" : other ? `${one} and ${other} are typing …` : `${one} is typing …`;
}
