/**
 * A tab without the socket: what it makes of what the leader says.
 *
 * @import { Clock, LeaderMessage, LineListener, Session } from "./types.js"
 */
import { isFinal } from "./leader.js";

export class Follower {
	#clock;
	#listener;
	#stand;
	/** The leader's. @type {Session | null} */
	#session = null;

	/**
	 * @param {Clock} clock
	 * @param {LineListener} listener
	 * @param {() => void} stand gets in line for the lead
	 */
	constructor(clock, listener, stand) {
		this.#clock = clock;
		this.#listener = listener;
		this.#stand = stand;
	}

	/**
	 * Does as the leader says; one that gives up does not speak for the next in line.
	 * @param {LeaderMessage} message
	 * @param {boolean} standing whether this tab is in line
	 */
	obey(message, standing) {
		switch (message.kind) {
			case "status":
				return standing && isFinal(message.status) ? undefined : this.#listener.status(message.status, message.error);
			case "up":
				return this.#gain(message.session);
			case "down":
				return this.lose();
			case "renewed":
				return this.#listener.renewed();
			case "frame":
				return this.#session ? this.#listener.frame(message.frame) : undefined;
		}
	}

	/** @param {{ user: string, serverTime: number | null, age: number }} session */
	#gain({ user, serverTime, age }) {
		if (!this.#session) {
			this.#session = { user, serverTime, at: this.#clock.now() - age };
			this.#stand();
			this.#listener.status("connected", null);
			this.#listener.up(this.#session);
		}
	}

	/** The leader's socket is gone, or the leader is. */
	lose() {
		if (this.#session) {
			this.#session = null;
			this.#listener.down();
		}
	}
}
