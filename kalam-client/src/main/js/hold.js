/**
 * An event that a page holds: what it is, and whether the server takes it.
 *
 * @import { AnyRow } from "./types.js"
 * @import { KalamError } from "./errors.js"
 * @import { Events } from "./events.js"
 */
import { Timer } from "./timer.js";

/** An event that is held. */
export class Hold {
	#events;
	#onChange;
	/** Why it is not held. @type {KalamError | null} */
	error = null;
	/** How often in a row the server could not. @internal */
	attempts = 0;
	/** Whether the server may hold something by its id. @internal */
	sent = false;

	/**
	 * @param {Events} events
	 * @param {string} id
	 * @param {string} stream
	 * @param {AnyRow} row
	 * @param {(error: KalamError | null) => void} onChange
	 */
	constructor(events, id, stream, row, onChange) {
		this.#events = events;
		/** @readonly */
		this.id = id;
		/** @readonly */
		this.stream = stream;
		this.row = row;
		this.#onChange = onChange;
		/** @internal */
		this.timer = new Timer(events.clock);
	}

	/** The server holds it. @internal */
	taken() {
		this.attempts = 0;
		this.told(null);
	}

	/**
	 * The application is told once.
	 * @internal
	 * @param {KalamError | null} error
	 */
	told(error) {
		const before = this.error;
		this.error = error;
		if (before?.code !== error?.code) {
			this.#onChange(error);
		}
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
