/**
 * All queries of a page that somebody listens to, or did a moment ago: what a frame of the server means to which of them,
 * and what has to be done then.
 *
 * @import { Cursor, Environment, ErrorFrame, Frame, FrameChange, MarkFrame, Session, TransactionFrame } from "./types.js"
 * @import { Effect, Event } from "./transitions.js"
 * @import { ActiveQuery } from "./active.js"
 * @import { Keeper } from "./keeper.js"
 * @import { Turn } from "./turn.js"
 */
import { jitter } from "./backoff.js";
import { Chain } from "./chain.js";
import { fits, instant, subscribe, unsubscribe } from "./protocol.js";

/**
 * @typedef {object} Host
 * @property {Keeper | null} keeper
 * @property {(message: object) => void} send
 * @property {(active: ActiveQuery) => void} hydrate looks for stored rows, as soon as that can be done
 */

export class Queries {
	#environment;
	#tab;
	#turn;
	#host;
	/** @type {Map<string, ActiveQuery>} */
	all = new Map();
	/** @type {Map<string, ActiveQuery>} */
	#byWire = new Map();
	#nextWireId = 1;
	/** The live chain. */
	#chain = new Chain(null);
	/** @type {Session | null} */
	session = null;
	isUp = false;
	/** @type {number | null} */
	lagMs = null;

	/**
	 * @param {Environment} environment
	 * @param {string} tab
	 * @param {Turn} turn
	 * @param {Host} host
	 */
	constructor(environment, tab, turn, host) {
		this.#environment = environment;
		this.#tab = tab;
		this.#turn = turn;
		this.#host = host;
	}

	/** Up to where the live chain is complete. */
	get seq() {
		return this.#chain.last;
	}

	/** @param {string} key */
	cursorOf(key) {
		return this.all.get(key)?.subscription.cursor(this.seq) ?? null;
	}

	/** Whether nothing is on its way. */
	get isSettled() {
		return this.isUp && [...this.all.values()].every(({ subscription }) => subscription.isSettled);
	}

	describe() {
		return [...this.all.values()].map(({ query, subscription, listeners, wireId }) => ({
			sql: query.sql,
			state: subscription.state,
			rows: subscription.rows.size,
			seq: subscription.seq,
			cursor: subscription.cursor(this.seq),
			listeners: listeners.size,
			id: wireId,
		}));
	}

	/** @param {Session} session */
	up(session) {
		this.session = session;
		this.isUp = true;
		this.#chain = new Chain(null);
		this.dispatchAll({ type: "up" });
	}

	down() {
		this.isUp = false;
		const { seq } = this;
		this.#byWire.clear();
		this.dispatchAll({ type: "down", seq });
		this.#chain = new Chain(null);
	}

	/** @param {Frame} frame */
	take(frame) {
		switch (frame.type) {
			case "transaction":
			case "mark":
				return frame.subscription_id
					? this.#toOne(frame.subscription_id, { type: "advance", frame, liveSeq: this.seq })
					: this.#advance(frame);
			case "subscription_ack":
				return this.#toOne(frame.subscription_id, { type: "ack", frame });
			case "initial_data_batch":
				return this.#toOne(frame.subscription_id, { type: "batch", frame });
			case "reset":
				return this.#toOne(frame.subscription_id, { type: "reset", frame });
			case "error":
				return this.#fail(frame);
		}
	}

	/**
	 * @param {string} wireId
	 * @param {Event} event
	 */
	#toOne(wireId, event) {
		const active = this.#byWire.get(wireId);
		if (active) {
			this.dispatch(active, event);
		}
	}

	/** @param {ErrorFrame} frame */
	#fail(frame) {
		const active = this.#byWire.get(frame.subscription_id ?? "");
		if (!active) {
			this.#environment.logger.warn(`Kalam: ${frame.code}: ${frame.message}`);
			return;
		}
		this.#unwire(active);
		if (frame.code === "SUBSCRIPTION_LIMIT_EXCEEDED") {
			[...this.all.values()].filter(({ isWanted }) => !isWanted).forEach((idle) => this.settle(idle));
		}
		this.dispatch(active, { type: "error", frame });
	}

	/**
	 * The live chain.
	 * @param {TransactionFrame | MarkFrame} frame
	 */
	#advance(frame) {
		const step = this.#chain.take(frame);
		if (step.gap) {
			this.dispatchAll({ type: "gap", seq: step.from });
		}
		if (step.kind !== "commit") {
			return;
		}
		this.#measure(step.commitTime);
		this.#group(step.changes).forEach((changes, active) => {
			this.dispatch(active, { ...step, type: "change", seq: frame.seq, changes, folded: step.folded?.[/** @type {string} */ (active.wireId)] });
		});
	}

	/** @param {readonly FrameChange[]} changes */
	#group(changes) {
		/** @type {Map<ActiveQuery, FrameChange[]>} */
		const groups = new Map();
		for (const change of changes) {
			const active = this.#byWire.get(change.subscription_id);
			if (active && !groups.get(active)?.push(change)) {
				groups.set(active, [change]);
			}
		}
		return groups;
	}

	/** @param {string | null} commitTime */
	#measure(commitTime) {
		const time = instant(commitTime);
		const { session } = this;
		if (session?.serverTime && time !== null) {
			this.lagMs = Math.max(0, session.serverTime + this.#environment.clock.now() - session.at - time);
		}
	}

	/**
	 * Ends a query.
	 * @param {ActiveQuery} active
	 */
	settle(active) {
		this.dispatch(active, { type: "release" });
		Object.values(active.timers).forEach((timer) => this.#environment.clock.clearTimeout(timer));
		if (!active.isWanted) {
			this.all.delete(active.query.key);
		}
	}

	/** @param {Event} event */
	dispatchAll(event) {
		this.all.forEach((active) => this.dispatch(active, event));
	}

	/**
	 * @param {ActiveQuery} active
	 * @param {Event} event
	 */
	dispatch(active, event) {
		for (const effect of this.#handle(active, event)) {
			this.#run(active, effect);
		}
	}

	/**
	 * @param {ActiveQuery} active
	 * @param {Event} event
	 */
	#handle({ subscription }, event) {
		try {
			return subscription.handle(event);
		} catch (error) {
			this.#environment.logger.warn("Kalam: rows could not be read.", error);
			return subscription.unexpected(event);
		}
	}

	/**
	 * @param {ActiveQuery} active
	 * @param {Effect} effect
	 */
	#run(active, effect) {
		switch (effect.do) {
			case "notify":
				return this.#turn.changed(active);
			case "transaction":
				return this.#turn.told(active, effect.transaction);
			case "subscribe":
				return this.#subscribe(active, effect.cursor);
			case "unsubscribe":
				return this.#unsubscribe(active);
			case "hydrate":
				return this.#host.hydrate(active);
			case "store":
				return this.#host.keeper?.saveLater(active);
			case "erase":
				return this.#host.keeper?.erase(active);
			case "retry":
				return this.#retryLater(active, effect.attempt);
			case "log":
				return this.#environment.logger.warn(`Kalam: ${active.query.sql}: ${effect.message}`);
		}
	}

	/**
	 * @param {ActiveQuery} active
	 * @param {Cursor | null} cursor
	 */
	#subscribe(active, cursor) {
		active.wireId = `${this.#tab}.${this.#nextWireId++}`;
		this.#byWire.set(active.wireId, active);
		const message = subscribe(active.wireId, active.query, cursor);
		if (fits(message)) {
			this.#host.send(message);
		} else {
			this.#fail({ type: "error", subscription_id: active.wireId, code: "MESSAGE_TOO_LARGE", message: "The SQL and its parameters have more than 64 KiB. Use fewer." });
		}
	}

	/** @param {ActiveQuery} active */
	#unsubscribe(active) {
		const id = this.#unwire(active);
		if (id !== null && this.isUp) {
			this.#host.send(unsubscribe(id));
		}
	}

	/** @param {ActiveQuery} active */
	#unwire(active) {
		const id = active.wireId;
		active.wireId = null;
		if (id !== null) {
			this.#byWire.delete(id);
		}
		return id;
	}

	/**
	 * @param {ActiveQuery} active
	 * @param {number} attempt
	 */
	#retryLater(active, attempt) {
		const { clock } = this.#environment;
		clock.clearTimeout(active.timers.retry);
		active.timers.retry = clock.setTimeout(() => {
			if (active.subscription.state === "failed") {
				this.#turn.run(() => this.dispatch(active, { type: "retry", up: this.isUp }));
			}
		}, 500 + jitter(this.#environment, attempt + 1));
	}
}
