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
import { jitter } from "./backoff.js";
import { KalamError } from "./errors.js";
import { Hold } from "./hold.js";
import { fits } from "./protocol.js";

export { Hold } from "./hold.js";

/** How long an event waits for a connection: what nobody has heard for so long, nobody needs to hear. */
const WAIT_MS = 10_000;

/** Until it is tried again what the server could not do, at the least; up to 30 s longer when it goes on. */
const RETRY_MS = 500;

/** So often an event is not held for now before that is said. */
const PATIENCE = 5;

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
	 * @param {(error: KalamError | null) => void} [onChange] is told why the event is not held: the user may not, or no longer, or
	 *   the server can't for longer than a moment; and `null` when it is after all. It is asked for again when the server could not,
	 *   with other values, with a new token, and on a new connection
	 * @returns {Hold}
	 */
	hold(stream, row, onChange = () => {}) {
		const hold = new Hold(this, this.#id(), stream, row, onChange);
		this.#holds.set(hold.id, hold);
		this.#host.connect();
		queueMicrotask(() => this.renew(hold));
		return hold;
	}

	/**
	 * Says what is held as it is now.
	 * @param {Hold} hold
	 */
	renew(hold) {
		const { id, stream, row } = hold;
		hold.timer.clear();
		const message = { type: "publish", id, table: stream, row, hold: true };
		if (!fits(message)) {
			this.#refused(id, tooLarge());
		} else if (this.#holds.has(id) && this.#host.queries.isUp) {
			hold.sent = true;
			this.#host.send(message);
		}
	}

	/** @param {Hold} hold */
	release({ id }) {
		if (this.#holds.delete(id)) {
			this.#free(id);
		}
	}

	/** Whether a connection is needed. */
	get isBusy() {
		return this.#holds.size > 0 || this.#tellings.size > 0;
	}

	/** There is a connection, or a new token on the one that there is: with it the user may do other things than before. */
	up() {
		this.#tellings.forEach((_, id) => this.#tell(id));
		this.#holds.forEach((hold) => hold.sent || this.renew(hold));
	}

	down() {
		this.#holds.forEach((hold) => (hold.sent = false));
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
			this.#holds.get(frame.id)?.taken();
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
		if (hold && TEMPORARY.has(error.code)) {
			hold.timer.set(() => this.renew(hold), this.#pause(hold.attempts++));
			if (hold.attempts > PATIENCE) {
				hold.told(error);
			}
		} else if (hold) {
			this.#deny(hold, error);
		} else if (this.#tellings.has(id)) {
			this.#fail(id, error);
		} else if (TEMPORARY.has(error.code)) {
			this.#host.clock.setTimeout(() => this.#free(id), this.#pause(PATIENCE));
		}
	}

	/**
	 * What was held by it before is not held any longer either.
	 * @param {Hold} hold
	 * @param {KalamError} error
	 */
	#deny(hold, error) {
		if (hold.sent) {
			hold.sent = false;
			this.#free(hold.id);
		}
		hold.told(error);
	}

	/** @param {string} id of an event that is held no longer */
	#free(id) {
		if (this.#host.queries.isUp) {
			this.#host.send({ type: "release", id });
		}
	}

	/** @param {number} attempts how many have failed before */
	#pause(attempts) {
		return RETRY_MS + Math.floor(jitter(Math, attempts));
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

/**
 * What a client tells.
 * @param {Kalam} kalam
 * @returns {Events} the same for the same client
 */
export const events = (kalam) => kalam.attach((host) => new Events(host));
