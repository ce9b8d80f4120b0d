/**
 * What a page has one of: its queries, and the way in which they get their rows. A commit changes all the queries that it
 * touches before anybody hears of it.
 *
 * @import { Events, EventsHost } from "./events.js"
 * @import { AuthEvent, Cursor, LiveState, Query } from "./types.js"
 */
import { ActiveQuery, INITIAL } from "./active.js";
import { Connection } from "./connection.js";
import { KalamError } from "./errors.js";

const LINGER_MS = 30_000;

export class Client extends Connection {
	/** @type {any} */
	#idleTimer = null;

	/**
	 * @param {string} key
	 * @returns {LiveState<any>}
	 */
	stateOf(key) {
		return this.queries.all.get(key)?.state ?? INITIAL;
	}

	/**
	 * @param {string} key
	 * @returns {Cursor | null}
	 */
	cursorOf(key) {
		return this.queries.cursorOf(key);
	}

	/**
	 * @template L
	 * @param {Query} query
	 * @param {(active: ActiveQuery) => Set<L>} which
	 * @param {L} listener
	 * @returns {() => void}
	 */
	listen(query, which, listener) {
		const active = this.#activate(query);
		const listeners = which(active);
		listeners.add(listener);
		this.clock.clearTimeout(active.timers.linger);
		this.batch(() => {
			if (active.subscription.state === "idle") {
				this.queries.dispatch(active, { type: "listen", persisted: this.persists, up: this.queries.isUp });
			}
		});
		return () => {
			if (listeners.delete(listener) && !active.isWanted) {
				active.timers.linger = this.clock.setTimeout(() => this.#release(active), LINGER_MS);
			}
		};
	}

	/** @param {string} key */
	refresh(key) {
		const active = this.queries.all.get(key);
		if (active) {
			this.batch(() => this.queries.dispatch(active, { type: "retry", up: this.queries.isUp }));
		}
	}

	/** @param {AuthEvent} event */
	setAuth(event) {
		if (this.connection === "closed" && this.error?.code === "CLOSED") {
			return;
		}
		if (event === "refresh") {
			this.authChanged = true;
			this.tokens.forget();
			this.line?.renew();
			return;
		}
		this.batch(() => {
			if (event === "logout") {
				this.line?.logout();
				this.loggedOut();
			} else {
				this.abandon("idle", null);
				this.forgetAll();
				if (this.#isBusy) {
					void this.begin();
				}
			}
		});
	}

	close() {
		this.saveAll();
		this.batch(() => {
			const error = new KalamError("CLOSED", "The client was closed. Create another one.");
			this.events?.close(error);
			this.abandon("closed", error);
			[...this.queries.all.values()].forEach((active) => this.queries.settle(active));
		});
	}

	debug() {
		const now = this.clock.now();
		return {
			connection: this.connection,
			error: this.error,
			user: this.queries.session?.user ?? null,
			tab: this.tab,
			sharing: this.line?.role ?? "alone",
			seq: this.queries.seq,
			lagMs: this.queries.lagMs,
			connectedMs: this.queries.session && this.queries.isUp ? now - this.queries.session.at : null,
			queries: this.queries.describe(),
		};
	}

	/** @param {Query} query */
	#activate(query) {
		let active = this.queries.all.get(query.key);
		if (!active) {
			active = new ActiveQuery(query);
			this.queries.all.set(query.key, active);
		}
		this.connect();
		return active;
	}

	/** @param {(host: EventsHost) => Events} create */
	attach(create) {
		return (this.events ??= create(this));
	}

	connect() {
		this.clock.clearTimeout(this.#idleTimer);
		if (!this.line && this.connection === "idle") {
			void this.begin();
		}
	}

	get #isBusy() {
		return this.queries.all.size > 0 || this.events?.isBusy;
	}

	/** @param {ActiveQuery} active */
	#release(active) {
		this.keeper?.save(active);
		this.batch(() => this.queries.settle(active));
		if (!this.#isBusy) {
			this.#idleTimer = this.clock.setTimeout(() => this.#abandonIdle(), LINGER_MS);
		}
	}

	#abandonIdle() {
		if (!this.#isBusy && this.connection !== "closed" && this.connection !== "needs-auth") {
			this.abandon("idle", null);
		}
	}
}
