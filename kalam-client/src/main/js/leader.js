/**
 * The tab that has the socket: passes on to the user's other tabs what it hears, and sends for them.
 *
 * @import { Clock, ConnectionStatus, CrewMessage, Frame, Line, LineListener, PlainError, Session } from "./types.js"
 */
/**
 * @typedef {object} Crew the other tabs, as a leader has them
 * @property {(message: any) => void} tell
 * @property {(tab: string, run: () => void) => void} whenGone
 * @property {(status: ConnectionStatus, error: PlainError) => void} stepDown there is no use in leading any longer
 */

/** What a tab has held stays for that long when it has gone: it may be loaded anew. */
const GRACE_MS = 10_000;

export class Leader {
	#tab;
	#clock;
	#crew;
	#listener;
	/** @type {Line} */
	#connector;
	/** The other tabs, and what ends what they have begun. @type {Map<string, Map<string, object>>} */
	#tabs = new Map();
	/** @type {Session | null} */
	#session = null;
	/** @type {{ status: ConnectionStatus, error: PlainError }} */
	#status = { status: "connecting", error: null };
	#leads = true;

	/**
	 * @param {string} tab
	 * @param {Clock} clock
	 * @param {Crew} crew
	 * @param {(listener: LineListener) => Line} connect
	 * @param {LineListener} listener
	 */
	constructor(tab, clock, crew, connect, listener) {
		this.#tab = tab;
		this.#clock = clock;
		this.#crew = crew;
		this.#listener = listener;
		this.#connector = connect(this.#relay());
	}

	start() {
		this.#connector.start();
	}

	/**
	 * @param {ConnectionStatus} status
	 * @param {PlainError} error
	 */
	stop(status, error) {
		this.#leads = false;
		this.#connector.stop(status, error);
	}

	/** @param {object} message */
	send(message) {
		this.#connector.send(message);
	}

	/** @param {boolean} settled */
	settled(settled) {
		this.#connector.settled(settled);
	}

	renew() {
		this.#connector.renew();
	}

	/**
	 * @param {CrewMessage} message
	 * @param {number} term
	 */
	serve(message, term) {
		switch (message.kind) {
			case "hello":
				return this.#welcome(message.tab);
			case "bye":
				return this.#gone(message.tab);
			case "probe":
				return this.#crew.tell({ kind: "alive", to: message.tab });
			case "renew":
				return this.renew();
			case "send":
				return message.term === term ? this.#forward(message.tab, message.message) : undefined;
		}
	}

	/** What the connector tells goes to all tabs. @returns {LineListener} */
	#relay() {
		return {
			status: (status, error) => this.#tellStatus(status, error),
			up: (session) => {
				this.#session = session;
				this.#tellSession(session);
				this.#listener.up(session);
			},
			down: () => {
				this.#session = null;
				this.#crew.tell({ kind: "down" });
				this.#listener.down();
			},
			renewed: () => {
				this.#crew.tell({ kind: "renewed" });
				this.#listener.renewed();
			},
			frame: (frame) => this.#pass(frame),
		};
	}

	/**
	 * @param {ConnectionStatus} status
	 * @param {PlainError} error
	 */
	#tellStatus(status, error) {
		this.#status = { status, error };
		if (this.#leads) {
			this.#crew.tell({ kind: "status", status, error: plain(error) });
			if (isFinal(status)) {
				queueMicrotask(() => this.#crew.stepDown(status, error));
			}
		}
		this.#listener.status(status, error);
	}

	/**
	 * @param {Session} session
	 * @param {string} [to]
	 */
	#tellSession({ user, serverTime, at }, to) {
		this.#crew.tell({ kind: "up", session: { user, serverTime, age: this.#clock.now() - at }, to });
	}

	/** @param {Frame} frame */
	#pass(frame) {
		const id = idOf(frame);
		const owner = id?.slice(0, id.indexOf("."));
		if (owner !== this.#tab && this.#tabs.size > 0) {
			this.#crew.tell({ kind: "frame", frame, to: owner });
		}
		if (owner === undefined || owner === this.#tab) {
			this.#listener.frame(frame);
		}
	}

	/** @param {string} tab */
	#welcome(tab) {
		if (!this.#tabs.has(tab)) {
			this.#tabs.set(tab, new Map());
			this.#crew.whenGone(tab, () => this.#gone(tab));
		}
		this.#crew.tell({ kind: "status", status: this.#status.status, error: plain(this.#status.error), to: tab });
		if (this.#session) {
			this.#tellSession(this.#session, tab);
		}
	}

	/** @param {string} tab */
	#gone(tab) {
		this.#tabs.get(tab)?.forEach((end) => {
			if ("subscription_id" in end) {
				this.send(end);
			} else {
				this.#clock.setTimeout(() => this.send(end), GRACE_MS);
			}
		});
		this.#tabs.delete(tab);
	}

	/**
	 * @param {string} tab
	 * @param {any} message
	 */
	#forward(tab, message) {
		const ids = this.#tabs.get(tab);
		if (!ids) {
			return;
		}
		if (message.type === "subscribe") {
			ids.set(message.subscription.id, { type: "unsubscribe", subscription_id: message.subscription.id });
		} else if (message.hold) {
			ids.set(message.id, { type: "release", id: message.id });
		} else {
			ids.delete(message.subscription_id ?? message.id);
		}
		this.send(message);
	}
}

/**
 * What a frame is about: a subscription or an event.
 * @param {any} frame
 * @returns {string | undefined}
 */
const idOf = ({ subscription_id, publish_id, id }) => subscription_id ?? publish_id ?? id;

/** @param {ConnectionStatus} status */
export const isFinal = (status) => status === "needs-auth" || status === "closed";

/**
 * @param {PlainError} error
 * @returns {PlainError}
 */
function plain(error) {
	return error && { code: error.code, message: error.message };
}
