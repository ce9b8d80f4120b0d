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

export class Leader {
	#tab;
	#clock;
	#crew;
	#listener;
	/** @type {Line} */
	#connector;
	/** The other tabs and their subscriptions. @type {Map<string, Set<string>>} */
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
		const id = "subscription_id" in frame ? frame.subscription_id : undefined;
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
			this.#tabs.set(tab, new Set());
			this.#crew.whenGone(tab, () => this.#gone(tab));
		}
		this.#crew.tell({ kind: "status", status: this.#status.status, error: plain(this.#status.error), to: tab });
		if (this.#session) {
			this.#tellSession(this.#session, tab);
		}
	}

	/** @param {string} tab */
	#gone(tab) {
		this.#tabs.get(tab)?.forEach((id) => this.send({ type: "unsubscribe", subscription_id: id }));
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
			ids.add(message.subscription.id);
		} else if (message.type === "unsubscribe") {
			ids.delete(message.subscription_id);
		}
		this.send(message);
	}
}

/** @param {ConnectionStatus} status */
export const isFinal = (status) => status === "needs-auth" || status === "closed";

/**
 * @param {PlainError} error
 * @returns {PlainError}
 */
function plain(error) {
	return error && { code: error.code, message: error.message };
}
