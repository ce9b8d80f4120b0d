/**
 * A turn: all that one thing that happened has changed. Nobody hears of any of it before all of it is done.
 * @import { Environment, Transaction } from "./types.js"
 * @import { ActiveQuery } from "./active.js"
 * @import { KalamError } from "./errors.js"
 */

const CALM_MS = 10_000;

export class Turn {
	#environment;
	#end;
	/** @type {Set<ActiveQuery>} */
	#changed = new Set();
	/** @type {[ActiveQuery, Transaction][]} */
	#told = [];
	#depth = 0;

	/**
	 * @param {Environment} environment
	 * @param {() => KalamError | null} end called when all is done; what is wrong with the connection for good
	 */
	constructor(environment, end) {
		this.#environment = environment;
		this.#end = end;
	}

	/** @param {ActiveQuery} active */
	changed(active) {
		this.#changed.add(active);
	}

	/**
	 * @param {ActiveQuery} active
	 * @param {Transaction} transaction
	 */
	told(active, transaction) {
		this.#told.push([active, transaction]);
	}

	/**
	 * Does something, and tells everybody unless it is part of something larger.
	 * @param {() => void} work
	 */
	run(work) {
		this.#depth++;
		try {
			work();
		} finally {
			this.#depth--;
		}
		if (this.#depth === 0) {
			this.#flush();
		}
	}

	/**
	 * Calls listeners, none of which can take it from the others.
	 * @param {(() => void)[]} listeners
	 */
	call(listeners) {
		for (const listener of listeners) {
			try {
				listener();
			} catch (error) {
				this.#environment.logger.warn("Kalam: a listener threw.", error);
			}
		}
	}

	#flush() {
		const changed = [...this.#changed];
		const told = this.#told;
		this.#changed.clear();
		this.#told = [];
		const error = this.#end();
		const shown = changed.filter((active) => active.look(error));
		shown.forEach((active) => this.#calm(active));
		this.call(told.flatMap(([active, transaction]) => [...active.transactionListeners].map((listener) => () => listener(transaction))));
		this.call(shown.flatMap(({ listeners }) => [...listeners]));
	}

	/** @param {ActiveQuery} active */
	#calm({ subscription, timers }) {
		const { clock } = this.#environment;
		if (subscription.state !== "live") {
			clock.clearTimeout(timers.calm);
			timers.calm = null;
		} else if (timers.calm === null) {
			timers.calm = clock.setTimeout(() => subscription.forgive(), CALM_MS);
		}
	}
}
