/**
 * What a page has one of: the line to the server, the live chain, and all queries. A commit changes all the queries
 * that it touches before anybody hears of it.
 *
 * @import { AuthEvent, ConnectionStatus, Cursor, Environment, FrameChange, Frame, KalamOptions, Line, LiveState, MarkFrame,
 *   Query, Session, TransactionFrame } from "./types.js"
 * @import { Effect, Event } from "./transitions.js"
 * @import { Keeper } from "./keeper.js"
 */
import { ActiveQuery, INITIAL } from "./active.js";
import { Tokens } from "./auth.js";
import { Backoff } from "./backoff.js";
import { Chain } from "./chain.js";
import { KalamError } from "./errors.js";
import { fits, subscribe, unsubscribe } from "./protocol.js";
import { Turn } from "./turn.js";
import { Opening } from "./opening.js";

const LINGER_MS = 30_000;

export class Client {
	#options;
	#environment;
	#url;
	#tokens;
	#backoff;
	#tab;
	#opening;
	/** @type {Line | null} */
	#line = null;
	/** Grows whenever the line is given up. */
	#life = 0;
	#isUp = false;
	/** @type {Session | null} */
	#session = null;
	/** @type {string | null} */
	#lastUser = null;
	#chain = new Chain(null);
	/** @type {Map<string, ActiveQuery>} */
	#active = new Map();
	/** @type {Map<string, ActiveQuery>} */
	#byWire = new Map();
	#nextWireId = 1;
	/** @type {Keeper | null} */
	#keeper = null;
	#turn;
	#authChanged = false;
	/** @type {number | null} */
	#lagMs = null;
	/** @type {any} */
	#idleTimer = null;
	/** @type {ConnectionStatus} */
	status_ = "idle";
	/** @type {KalamError | null} */
	error = null;
	/** @type {Set<() => void>} */
	connectionListeners = new Set();

	/**
	 * @param {KalamOptions} options
	 * @param {Environment} environment
	 * @param {string} url
	 */
	constructor(options, environment, url) {
		this.#options = options;
		this.#environment = environment;
		this.#url = url;
		this.#tokens = new Tokens(options.getToken, environment.clock);
		this.#backoff = new Backoff(environment, () => {});
		this.#tab = Math.floor(environment.random() * 36 ** 8).toString(36);
		this.#turn = new Turn(environment, () => this.#end());
		this.#opening = new Opening(options, environment, url, this.#tokens, this.#tab);
		environment.page.on("pagehide", () => this.#saveAll());
		environment.page.on("visibilitychange", () => environment.page.hidden() && this.#saveAll());
	}

	/** @returns {ConnectionStatus} */
	get connection() {
		return this.status_;
	}

	/**
	 * @param {string} key
	 * @returns {LiveState<any>}
	 */
	stateOf(key) {
		return this.#active.get(key)?.state ?? INITIAL;
	}

	/**
	 * @param {string} key
	 * @returns {Cursor | null}
	 */
	cursorOf(key) {
		return this.#active.get(key)?.subscription.cursor(this.#chain.last) ?? null;
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
		this.#environment.clock.clearTimeout(active.timers.linger);
		this.#batch(() => {
			if (active.subscription.state === "idle") {
				this.#dispatch(active, { type: "listen", persisted: this.#options.persist === "indexeddb", up: this.#isUp });
			}
		});
		return () => {
			if (listeners.delete(listener) && !active.isWanted) {
				active.timers.linger = this.#environment.clock.setTimeout(() => this.#release(active), LINGER_MS);
			}
		};
	}

	/** @param {string} key */
	refresh(key) {
		const active = this.#active.get(key);
		if (active) {
			this.#batch(() => this.#dispatch(active, { type: "retry", up: this.#isUp }));
		}
	}

	/** @param {AuthEvent} event */
	setAuth(event) {
		if (this.status_ === "closed" && this.error?.code === "CLOSED") {
			return;
		}
		if (event === "refresh") {
			this.#authChanged = true;
			this.#tokens.forget();
			this.#line?.renew();
			return;
		}
		this.#batch(() => {
			if (event === "logout") {
				this.#line?.logout();
				this.loggedOut();
			} else {
				this.#abandon("idle", null);
				this.#forgetAll();
				if (this.#active.size > 0) {
					void this.#begin();
				}
			}
		});
	}

	close() {
		this.#saveAll();
		this.#batch(() => {
			this.#abandon("closed", new KalamError("CLOSED", "The client was closed. Create another one."));
			[...this.#active.values()].forEach((active) => this.#settle(active));
		});
	}

	debug() {
		const now = this.#environment.clock.now();
		return {
			connection: this.status_,
			error: this.error,
			user: this.#session?.user ?? null,
			tab: this.#tab,
			sharing: this.#line?.role ?? "alone",
			seq: this.#chain.last,
			lagMs: this.#lagMs,
			connectedMs: this.#session && this.#isUp ? now - this.#session.at : null,
			queries: [...this.#active.values()].map(({ query, subscription, listeners, wireId }) => ({
				sql: query.sql,
				state: subscription.state,
				rows: subscription.rows.size,
				seq: subscription.seq,
				cursor: subscription.cursor(this.#chain.last),
				listeners: listeners.size,
				id: wireId,
			})),
		};
	}

	/**
	 * @param {ConnectionStatus} status
	 * @param {KalamError | null} error
	 */
	status(status, error) {
		if (status === this.status_ && error === this.error) {
			return;
		}
		const wasFinal = this.#finalError !== null;
		this.status_ = status;
		this.error = error;
		this.#batch(() => {
			if (wasFinal || this.#finalError !== null) {
				this.#active.forEach((active) => this.#turn.changed(active));
			}
		});
		this.#turn.call([...this.connectionListeners]);
	}

	/** @param {Session} session */
	up(session) {
		this.#batch(() => {
			if (this.#lastUser !== null && this.#lastUser !== session.user) {
				this.#forgetAll();
			}
			this.#lastUser = session.user;
			this.#session = session;
			this.#isUp = true;
			this.#chain = new Chain(null);
			this.#keeper?.cache.signedIn(session.user);
			this.#active.forEach((active) => this.#dispatch(active, { type: "up" }));
			this.#retryDenied();
		});
	}

	down() {
		this.#batch(() => {
			this.#isUp = false;
			const seq = this.#chain.last;
			this.#byWire.clear();
			this.#active.forEach((active) => this.#dispatch(active, { type: "down", seq }));
			this.#chain = new Chain(null);
		});
	}

	renewed() {
		this.#batch(() => this.#retryDenied());
	}

	/** Somebody has signed out in another tab. */
	loggedOut() {
		this.#batch(() => {
			this.#abandon("needs-auth", new KalamError("SIGNED_OUT", "Nobody is signed in. Call setAuth('login') when somebody is."));
			this.#forgetAll();
			if (this.#options.persist === "indexeddb") {
				void this.#keep().then((keeper) => keeper?.cache.clear());
			}
		});
	}

	/** @param {Frame} frame */
	frame(frame) {
		this.#batch(() => this.#take(frame));
	}

	/** @param {Frame} frame */
	#take(frame) {
		switch (frame.type) {
			case "transaction":
			case "mark":
				return frame.subscription_id
					? this.#toOne(frame.subscription_id, { type: "advance", frame, liveSeq: this.#chain.last })
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
			this.#dispatch(active, event);
		}
	}

	/** @param {import("./types.js").ErrorFrame} frame */
	#fail(frame) {
		const active = this.#byWire.get(frame.subscription_id ?? "");
		if (!active) {
			this.#environment.logger.warn(`Kalam: ${frame.code}: ${frame.message}`);
			return;
		}
		this.#unwire(active);
		if (frame.code === "SUBSCRIPTION_LIMIT_EXCEEDED") {
			[...this.#active.values()].filter(({ isWanted }) => !isWanted).forEach((idle) => this.#settle(idle));
		}
		this.#dispatch(active, { type: "error", frame });
	}

	/**
	 * The live chain.
	 * @param {TransactionFrame | MarkFrame} frame
	 */
	#advance(frame) {
		const step = this.#chain.take(frame);
		if (step.gap) {
			this.#active.forEach((active) => this.#dispatch(active, { type: "gap", seq: step.from }));
		}
		if (step.kind !== "commit") {
			return;
		}
		const commitTime = frame.type === "transaction" ? (frame.commit_time ?? null) : null;
		this.#measure(commitTime);
		const whole = frame.type === "transaction" && frame.changes === step.changes;
		this.#group(step.changes).forEach((changes, active) => {
			this.#dispatch(active, { type: "change", seq: frame.seq, commitTime, changes, whole });
		});
	}

	/** @param {readonly FrameChange[]} changes */
	#group(changes) {
		/** @type {Map<ActiveQuery, FrameChange[]>} */
		const groups = new Map();
		for (const change of changes) {
			const active = this.#byWire.get(change.subscription_id);
			const group = active && groups.get(active);
			if (group) {
				group.push(change);
			} else if (active) {
				groups.set(active, [change]);
			}
		}
		return groups;
	}

	/** @param {string | null} commitTime */
	#measure(commitTime) {
		const time = commitTime === null ? NaN : Date.parse(commitTime);
		const session = this.#session;
		if (session?.serverTime && !Number.isNaN(time)) {
			this.#lagMs = Math.max(0, session.serverTime + this.#environment.clock.now() - session.at - time);
		}
	}

	/** @param {Query} query */
	#activate(query) {
		let active = this.#active.get(query.key);
		if (!active) {
			active = new ActiveQuery(query);
			this.#active.set(query.key, active);
		}
		this.#environment.clock.clearTimeout(this.#idleTimer);
		if (!this.#line && this.status_ === "idle") {
			void this.#begin();
		}
		return active;
	}

	async #begin() {
		const life = ++this.#life;
		this.status("connecting", null);
		const persisted = this.#options.persist === "indexeddb";
		const identity = persisted || this.#opening.shares ? await this.#opening.identify() : null;
		if (life === this.#life && persisted) {
			await this.#openCache(identity);
		}
		const line = life === this.#life ? await this.#opening.line(identity, this) : null;
		if (life === this.#life && line) {
			this.#line = line;
			line.start();
		}
	}

	/** @param {string | null} identity */
	async #openCache(identity) {
		const keeper = await this.#keep();
		keeper?.cache.identified(identity);
		const hydrating = [...this.#active.values()].filter(({ subscription }) => subscription.state === "hydrating");
		hydrating.forEach((active) => this.#hydrate(active));
	}

	async #keep() {
		const module = await this.#opening.load(() => import("./keeper.js"));
		this.#keeper ??= module && new module.Keeper(this.#environment, this.#url, ({ query }) => this.cursorOf(query.key));
		return this.#keeper;
	}

	/** @param {ActiveQuery} active */
	#hydrate(active) {
		const life = this.#life;
		const loaded = this.#keeper ? this.#keeper.load(active) : Promise.resolve(null);
		void loaded.then((stored) => {
			if (life === this.#life && this.#active.get(active.query.key) === active) {
				this.#batch(() => this.#dispatch(active, { type: "hydrated", stored, up: this.#isUp }));
			}
		});
	}

	/**
	 * Gives the line up.
	 * @param {ConnectionStatus} status
	 * @param {KalamError | null} error
	 */
	#abandon(status, error) {
		this.#life++;
		const line = this.#line;
		this.#line = null;
		this.#tokens.forget();
		this.#lastUser = null;
		this.#session = null;
		this.#keeper?.cache.signedOut();
		if (line) {
			line.stop(status, error);
		}
		this.status(status, error);
	}

	#forgetAll() {
		this.#active.forEach((active) => this.#dispatch(active, { type: "forget", up: false }));
	}

	#retryDenied() {
		if (this.#authChanged) {
			this.#authChanged = false;
			this.#active.forEach((active) => this.#dispatch(active, { type: "auth", up: this.#isUp }));
		}
	}

	/** @param {ActiveQuery} active */
	#release(active) {
		this.#keeper?.save(active);
		this.#batch(() => this.#settle(active));
		if (this.#active.size === 0) {
			this.#idleTimer = this.#environment.clock.setTimeout(() => this.#abandonIdle(), LINGER_MS);
		}
	}

	#abandonIdle() {
		if (this.#active.size === 0 && this.status_ !== "closed" && this.status_ !== "needs-auth") {
			this.#abandon("idle", null);
		}
	}

	/**
	 * Ends a query.
	 * @param {ActiveQuery} active
	 */
	#settle(active) {
		this.#dispatch(active, { type: "release" });
		Object.values(active.timers).forEach((timer) => this.#environment.clock.clearTimeout(timer));
		if (!active.isWanted) {
			this.#active.delete(active.query.key);
		}
	}

	/**
	 * @param {ActiveQuery} active
	 * @param {Event} event
	 */
	#dispatch(active, event) {
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
				return this.#turn.told(active, { seq: effect.seq, commitTime: effect.commitTime, changes: effect.changes });
			case "subscribe":
				return this.#subscribe(active, effect.cursor);
			case "unsubscribe":
				return this.#unsubscribe(active);
			case "hydrate":
				return this.#keeper || this.#line ? this.#hydrate(active) : undefined;
			case "store":
				return this.#keeper?.saveLater(active);
			case "erase":
				return this.#keeper?.erase(active);
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
			this.#line?.send(message);
		} else {
			this.#fail({ type: "error", subscription_id: active.wireId, code: "MESSAGE_TOO_LARGE", message: "The SQL and its parameters have more than 64 KiB. Use fewer." });
		}
	}

	/** @param {ActiveQuery} active */
	#unsubscribe(active) {
		const id = this.#unwire(active);
		if (id !== null && this.#isUp) {
			this.#line?.send(unsubscribe(id));
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
				this.#batch(() => this.#dispatch(active, { type: "retry", up: this.#isUp }));
			}
		}, 500 + this.#backoff.delay(attempt + 1));
	}

	#saveAll() {
		this.#active.forEach((active) => this.#keeper?.save(active));
	}

	/** @param {() => void} run */
	#batch(run) {
		this.#turn.run(run);
	}

	/** What has to be known at the end of a turn. */
	#end() {
		this.#line?.settled(this.#isUp && [...this.#active.values()].every(({ subscription }) => subscription.isSettled));
		return this.#finalError;
	}

	get #finalError() {
		return this.status_ === "needs-auth" || this.status_ === "closed" ? this.error : null;
	}
}
