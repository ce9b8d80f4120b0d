/**
 * Who the user is and how the page is connected: opens the line to the server, hears what comes over it, gives it up.
 *
 * @import { ConnectionStatus, Environment, Frame, KalamOptions, Line, PlainError, Session } from "./types.js"
 * @import { ActiveQuery } from "./active.js"
 * @import { Events } from "./events.js"
 */
import { Tokens } from "./auth.js";
import { KalamError } from "./errors.js";
import { Opening } from "./opening.js";
import { Queries } from "./queries.js";
import { Turn } from "./turn.js";

export class Connection {
	/** @type {ConnectionStatus} */
	connection = "idle";
	/** @type {KalamError | null} */
	error = null;
	/** @type {Set<() => void>} */
	connectionListeners = new Set();
	/** What tells events, if the page does. @protected @type {Events | null} */
	events = null;
	/** @protected @type {Line | null} */
	line = null;
	/** @protected */
	authChanged = false;
	/** Grows whenever the line is given up. */
	#life = 0;
	/** @type {string | null} */
	#lastUser = null;
	#turn;
	/** @type {Opening} */
	#opening;

	/**
	 * @param {KalamOptions} options
	 * @param {Environment} environment
	 * @param {string} url
	 */
	constructor(options, environment, url) {
		const { page, random, clock } = environment;
		this.clock = clock;
		/** @protected */
		this.persists = options.persist === "indexeddb";
		/** @protected */
		this.tokens = new Tokens(options.getToken, clock);
		this.tab = Math.floor(random() * 36 ** 8).toString(36);
		this.#turn = new Turn(environment, () => this.#end());
		/** @type {Queries} */
		this.queries = new Queries(environment, this.tab, this.#turn, this);
		this.#opening = new Opening(options, environment, url, this.tokens, this.tab, (key) => this.queries.cursorOf(key));
		page.on("pagehide", () => this.saveAll());
		page.on("visibilitychange", () => page.hidden() && this.saveAll());
	}

	/**
	 * @param {ConnectionStatus} status
	 * @param {PlainError} error
	 */
	status(status, error) {
		if (status === this.connection && error === this.error) {
			return;
		}
		const wasFinal = this.#finalError !== null;
		this.connection = status;
		this.error = error && (error instanceof KalamError ? error : new KalamError(error.code, error.message));
		this.batch(() => {
			if (wasFinal || this.#finalError !== null) {
				this.queries.all.forEach((active) => this.#turn.changed(active));
			}
		});
		this.#turn.call([...this.connectionListeners]);
	}

	/** @param {Session} session */
	up(session) {
		this.batch(() => {
			if (this.#lastUser !== null && this.#lastUser !== session.user) {
				this.forgetAll();
			}
			this.#lastUser = session.user;
			this.keeper?.cache.signedIn(session.user);
			this.queries.up(session);
			this.#retryDenied();
		});
	}

	down() {
		this.batch(() => this.queries.down());
		this.events?.down();
	}

	renewed() {
		this.batch(() => this.#retryDenied());
	}

	/** Somebody has signed out in another tab. */
	loggedOut() {
		this.batch(() => {
			this.abandon("needs-auth", new KalamError("SIGNED_OUT", "Nobody is signed in. Call setAuth('login') when somebody is."));
			this.forgetAll();
			if (this.persists) {
				void this.#opening.keep().then((keeper) => keeper?.cache.clear());
			}
		});
	}

	/** @param {object} message */
	send(message) {
		this.line?.send(message);
	}

	/** @param {Frame} frame */
	frame(frame) {
		this.batch(() => this.events?.take(frame) || this.queries.take(frame));
	}

	/**
	 * Looks for stored rows, as soon as that can be done.
	 * @param {ActiveQuery} active
	 */
	hydrate(active) {
		if (this.keeper || this.line) {
			this.#load(active);
		}
	}

	/** @param {ActiveQuery} active */
	#load(active) {
		const life = this.#life;
		const loaded = this.keeper ? this.keeper.load(active) : Promise.resolve(null);
		void loaded.then((stored) => {
			if (life === this.#life && this.queries.all.get(active.query.key) === active) {
				this.batch(() => this.queries.dispatch(active, { type: "hydrated", stored, up: this.queries.isUp }));
			}
		});
	}

	/** @protected */
	async begin() {
		const life = ++this.#life;
		this.status("connecting", null);
		const identity = this.persists || this.#opening.shares ? await this.#opening.identify() : null;
		if (life === this.#life && this.persists) {
			await this.#openCache(identity);
		}
		const line = life === this.#life ? await this.#opening.line(identity, this) : null;
		if (life === this.#life && line) {
			this.line = line;
			line.start();
		}
	}

	/** @param {string | null} identity */
	async #openCache(identity) {
		const keeper = await this.#opening.keep();
		keeper?.cache.identified(identity);
		this.queries.all.forEach((active) => active.subscription.state === "hydrating" && this.#load(active));
	}

	/**
	 * Gives the line up.
	 * @protected
	 * @param {ConnectionStatus} status
	 * @param {KalamError | null} error
	 */
	abandon(status, error) {
		this.#life++;
		const line = this.line;
		this.line = null;
		this.tokens.forget();
		this.#lastUser = null;
		this.queries.session = null;
		this.keeper?.cache.signedOut();
		line?.stop(status, error);
		this.events?.down();
		this.status(status, error);
	}

	/** @protected */
	forgetAll() {
		this.queries.dispatchAll({ type: "forget", up: false });
	}

	/** What was denied may be granted by a new token, or to somebody else. */
	#retryDenied() {
		this.events?.up();
		if (this.authChanged) {
			this.authChanged = false;
			this.queries.dispatchAll({ type: "auth", up: this.queries.isUp });
		}
	}

	/** @protected */
	saveAll() {
		this.queries.all.forEach((active) => this.keeper?.save(active));
	}

	/** @protected @param {() => void} run */
	batch(run) {
		this.#turn.run(run);
	}

	/** What has to be known at the end of a turn. */
	#end() {
		this.line?.settled(this.queries.isSettled);
		return this.#finalError;
	}

	get #finalError() {
		return this.connection === "needs-auth" || this.connection === "closed" ? this.error : null;
	}

	/** What keeps rows, once it is loaded. */
	get keeper() {
		return this.#opening.keeper;
	}
}
