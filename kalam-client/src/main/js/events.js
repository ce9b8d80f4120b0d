/**
 * The events of streams that a page tells, and those that it holds: an event that is held lives as long as the page is
 * connected, and is told anew when it is again.
 *
 * ```js
 * await events(kalam).publish("typing", { room: "kitchen" });
 * const here = events(kalam).hold("presence", { place: "kitchen" });
 * here.release();
 * ```
 *
 * @import { AnyRow, Clock, Frame } from "./types.js"
 * @import { Kalam } from "./kalam.js"
 */
import { KalamError } from "./errors.js";
import { fits } from "./protocol.js";

/** How long an event waits for a connection: what nobody has heard for so long, nobody needs to hear. */
const WAIT_MS = 10_000;

/** Until it is tried again to hold something that the server could not. */
const RETRY_MS = 5_000;

const TEMPORARY = new Set(["SUBSCRIPTION_FAILED", "RATE_LIMIT_EXCEEDED"]);

/**
 * @typedef {object} EventsHost
 * @property {Clock} clock
 * @property {string} tab
 * @property {{ isUp: boolean }} queries
 * @property {() => void} connect
 * @property {(message: object) => void} send
 */

/** @typedef {{ message: object, sent: boolean, timer: any, resolve: () => void, reject: (error: KalamError) => void }} Telling */

export class Events {
	#host;
	#next = 1;
	/** @type {Map<string, Telling>} */
	#tellings = new Map();
	/** @type {Map<string, Hold>} */
	#holds = new Map();

	/** @param {EventsHost} host */
	constructor(host) {
		this.#host = host;
		/** @readonly */
		this.clock = host.clock;
	}

	/**
	 * Tells an event.
	 * @param {string} stream
	 * @param {AnyRow} row its columns; the sender, the tenant and the owner are the user's if they are left out
	 * @param {{ remove?: boolean }} [options] whether the event with that key is taken back
	 * @returns {Promise<void>} resolved when the event is committed; rejected with a `KalamError`: the server's, `NOT_CONNECTED`
	 *   if there was no connection for 10 s, or `UNANSWERED` if the connection was lost in between; it may have been told then
	 */
	publish(stream, row, { remove = false } = {}) {
		const id = this.#id();
		const message = { type: "publish", id, table: stream, row, ...(remove && { remove }) };
		if (!fits(message)) {
			return Promise.reject(tooLarge());
		}
		this.#host.connect();
		return new Promise((resolve, reject) => {
			const timer = this.#host.clock.setTimeout(() => this.#giveUp(id), WAIT_MS);
			this.#tellings.set(id, { message, sent: false, timer, resolve, reject });
			this.#tell(id);
		});
	}

	/**
	 * Keeps an event alive as long as the page is connected, and 10 s longer.
	 * @param {string} stream
	 * @param {AnyRow} row
	 * @param {(error: KalamError) => void} [onEnd] is told if the user may not hold it, or no longer
	 * @returns {Hold}
	 */
	hold(stream, row, onEnd = () => {}) {
		const hold = new Hold(this, this.#id(), stream, row, onEnd);
		this.#holds.set(hold.id, hold);
		this.#host.connect();
		queueMicrotask(() => this.renew(hold));
		return hold;
	}

	/**
	 * Says what is held as it is now.
	 * @param {Hold} hold
	 */
	renew({ id, stream, row }) {
		const message = { type: "publish", id, table: stream, row, hold: true };
		if (!fits(message)) {
			this.#refused(id, tooLarge());
		} else if (this.#holds.has(id) && this.#host.queries.isUp) {
			this.#host.send(message);
		}
	}

	/** @param {Hold} hold */
	release({ id }) {
		if (this.#holds.delete(id) && this.#host.queries.isUp) {
			this.#host.send({ type: "release", id });
		}
	}

	/** Whether a connection is needed. */
	get isBusy() {
		return this.#holds.size > 0 || this.#tellings.size > 0;
	}

	up() {
		this.#tellings.forEach((_, id) => this.#tell(id));
		this.#holds.forEach((hold) => this.renew(hold));
	}

	down() {
		this.#tellings.forEach(({ sent }, id) => {
			if (sent) {
				this.#fail(id, new KalamError("UNANSWERED", "The connection was lost before the server had answered; the event may have been told."));
			}
		});
	}

	/** @param {KalamError} error why there will be no connection */
	close(error) {
		this.#tellings.forEach((_, id) => this.#fail(id, error));
		this.#holds.clear();
	}

	/**
	 * @param {Frame} frame
	 * @returns {boolean} whether it was about an event
	 */
	take(frame) {
		if (frame.type === "published") {
			this.#end(frame.id)?.resolve();
		} else if (frame.type === "error" && frame.publish_id) {
			this.#refused(frame.publish_id, new KalamError(frame.code, frame.message ?? frame.code));
		} else {
			return frame.type === "released";
		}
		return true;
	}

	/**
	 * @param {string} id
	 * @param {KalamError} error
	 */
	#refused(id, error) {
		const hold = this.#holds.get(id);
		if (!hold) {
			this.#fail(id, error);
		} else if (TEMPORARY.has(error.code)) {
			this.#host.clock.setTimeout(() => this.renew(hold), RETRY_MS);
		} else {
			this.release(hold);
			hold.onEnd(error);
		}
	}

	/** @param {string} id */
	#giveUp(id) {
		if (this.#tellings.get(id)?.sent === false) {
			this.#fail(id, new KalamError("NOT_CONNECTED", "There is no connection to the server; the event has not been told."));
		}
	}

	/**
	 * @param {string} id
	 * @param {KalamError} error
	 */
	#fail(id, error) {
		this.#end(id)?.reject(error);
	}

	/** @param {string} id */
	#end(id) {
		const telling = this.#tellings.get(id);
		this.#tellings.delete(id);
		this.#host.clock.clearTimeout(telling?.timer);
		return telling;
	}

	/** @param {string} id */
	#tell(id) {
		const telling = this.#tellings.get(id);
		if (telling && !telling.sent && this.#host.queries.isUp) {
			telling.sent = true;
			this.#host.send(telling.message);
		}
	}

	#id() {
		return `${this.#host.tab}.e${this.#next++}`;
	}
}

const tooLarge = () => new KalamError("MESSAGE_TOO_LARGE", "An event takes 64 KiB at the most. Store what is large, and tell its key.");

/** An event that is held. */
export class Hold {
	#events;

	/**
	 * @param {Events} events
	 * @param {string} id
	 * @param {string} stream
	 * @param {AnyRow} row
	 * @param {(error: KalamError) => void} onEnd
	 */
	constructor(events, id, stream, row, onEnd) {
		this.#events = events;
		/** @readonly */
		this.id = id;
		/** @readonly */
		this.stream = stream;
		this.row = row;
		/** @readonly */
		this.onEnd = onEnd;
	}

	/**
	 * Holds the event with other values.
	 * @param {AnyRow} row
	 */
	set(row) {
		this.row = row;
		this.#events.renew(this);
	}

	/** Ends the event at once, unless another page of the user holds it. */
	release() {
		this.#events.release(this);
	}
}

/**
 * What a client tells.
 * @param {Kalam} kalam
 * @returns {Events} the same for the same client
 */
export const events = (kalam) => kalam.attach((host) => new Events(host));
