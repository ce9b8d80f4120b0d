/**
 * One socket for all tabs of a user. A Web Lock says which tab leads: it has the socket, and passes frames on to the
 * others over a BroadcastChannel. When it closes, the next in line gets the lock; when it is frozen, a visible tab takes
 * it away. Each leader has a higher term than the one before, so that one that wakes up too late is not listened to.
 * Tabs of different users are on different channels.
 *
 * @import { ConnectionStatus, Environment, Frame, Line, LineListener, Session } from "./types.js"
 * @import { KalamError } from "./errors.js"
 */
import { KalamError as Failure } from "./errors.js";

const WATCH_MS = 5_000;
const SILENCE_MS = 10_000;
const ANSWER_MS = 3_000;
const LATE_MS = 2_000;

/** @typedef {{ code: string, message: string } | null} PlainError */
/**
 * @typedef {{ kind: 'hello' | 'bye' | 'probe' | 'renew' | 'logout', tab: string }
 *   | { kind: 'send', tab: string, term: number, message: any }
 *   | { kind: 'outranked', tab: string, term: number, to: string }} FollowerMessage
 * @typedef {{ tab: string, term: number, to?: string } & ({ kind: 'lead' | 'alive' | 'down' | 'renewed' }
 *   | { kind: 'status', status: ConnectionStatus, error: PlainError }
 *   | { kind: 'up', session: { user: string, serverTime: number | null, age: number } }
 *   | { kind: 'frame', frame: Frame })} LeaderMessage
 */

export class SharedLine {
	#name;
	#tab;
	#environment;
	#connect;
	#listener;
	/** @type {Line | null} */
	#connector = null;
	/** @type {BroadcastChannel | null} */
	#channel = null;
	#gate = new AbortController();
	/** Whether this tab holds the lock by which others learn that it is gone. */
	#present = false;
	/** Gives the leader's lock back. @type {(() => void) | null} */
	#resign = null;
	#standing = false;
	#term = 0;
	/** The other tabs and their subscriptions. @type {Map<string, Set<string>>} */
	#tabs = new Map();
	/** @type {Session | null} */
	#session = null;
	/** @type {{ status: ConnectionStatus, error: KalamError | null }} */
	#status = { status: "connecting", error: null };
	#heardAt = 0;
	/** @type {any} */
	#timer = null;
	/** @type {(() => void)[]} */
	#unlisten = [];

	/**
	 * @param {string} identity who the user is; the same for the tabs that share
	 * @param {string} tab
	 * @param {Environment} environment
	 * @param {(listener: LineListener) => Line} connect
	 * @param {LineListener & { loggedOut: () => void }} listener
	 */
	constructor(identity, tab, environment, connect, listener) {
		this.#name = `kalam:${identity}`;
		this.#tab = tab;
		this.#environment = environment;
		this.#connect = connect;
		this.#listener = listener;
	}

	/** @returns {'leader' | 'follower'} */
	get role() {
		return this.#resign ? "leader" : "follower";
	}

	start() {
		const { page } = this.#environment;
		this.#unlisten = [
			page.on("pagehide", () => this.#leave()),
			page.on("pageshow", () => this.#channel === null && this.#join()),
			page.on("visibilitychange", () => this.#channel && !page.hidden() && this.#probe()),
		];
		this.#join();
	}

	/**
	 * @param {ConnectionStatus} status
	 * @param {KalamError | null} [error]
	 */
	stop(status, error = null) {
		this.#unlisten.forEach((remove) => remove());
		this.#unlisten = [];
		this.#leave();
		this.#listener.status(status, error);
	}

	/** @param {object} message */
	send(message) {
		if (this.#resign) {
			this.#connector?.send(message);
		} else {
			this.#post({ kind: "send", tab: this.#tab, term: this.#term, message });
		}
	}

	/** @param {boolean} settled */
	settled(settled) {
		this.#connector?.settled(settled);
	}

	renew() {
		if (this.#resign) {
			this.#connector?.renew();
		} else {
			this.#post({ kind: "renew", tab: this.#tab });
			this.#stand();
		}
	}

	reconnect() {
		this.renew();
	}

	logout() {
		this.#post({ kind: "logout", tab: this.#tab });
	}

	#join() {
		const { BroadcastChannel, locks } = this.#environment;
		if (!BroadcastChannel || !locks) {
			return;
		}
		this.#gate = new AbortController();
		this.#channel = new BroadcastChannel(this.#name);
		this.#channel.onmessage = ({ data }) => this.#receive(data);
		void this.#hold(`${this.#name}:${this.#tab}`, () => this.#stay());
		this.#stand();
		this.#heardAt = this.#environment.clock.now();
		this.#watch();
	}

	/** Is there until it leaves. A leader that heard of it earlier could get its lock before it, and take it for gone. */
	#stay() {
		const { signal } = this.#gate;
		this.#present = true;
		this.#greet();
		return new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined)));
	}

	#greet() {
		if (this.#present) {
			this.#post({ kind: "hello", tab: this.#tab });
		}
	}

	#leave() {
		if (!this.#channel) {
			return;
		}
		this.#post({ kind: "bye", tab: this.#tab });
		this.#stepDown("waiting", null);
		this.#gate.abort();
		this.#present = false;
		this.#standing = false;
		this.#environment.clock.clearTimeout(this.#timer);
		this.#channel.close();
		this.#channel = null;
	}

	/**
	 * @param {string} name
	 * @param {() => Promise<unknown>} run
	 * @param {LockOptions} [options]
	 * @returns {Promise<unknown>} fulfilled when the lock is given back or lost
	 */
	#hold(name, run, options) {
		const { locks } = this.#environment;
		const { signal } = this.#gate;
		return Promise.resolve(locks?.request(name, options ?? { signal }, () => (signal.aborted ? undefined : run()))).catch(() => {});
	}

	/** Gets in line for the lead. */
	#stand() {
		if (!this.#standing && !this.#resign) {
			this.#standing = true;
			void this.#hold(this.#name, () => this.#lead()).then(() => this.#deposed());
		}
	}

	/** Takes the lead away from a tab that does not answer. */
	#steal() {
		this.#environment.logger.warn("Kalam: the tab with the socket does not answer; this one takes its place.");
		this.#gate.signal.aborted || void this.#hold(this.#name, () => this.#lead(), { steal: true }).then(() => this.#deposed());
	}

	#lead() {
		if (this.#resign) {
			return Promise.resolve();
		}
		this.#standing = false;
		if (this.#session) {
			this.#session = null;
			this.#listener.down();
		}
		this.#term++;
		/** @type {Promise<void>} */
		const lead = new Promise((resolve) => (this.#resign = resolve));
		this.#connector = this.#connect(this.#relay());
		this.#tell({ kind: "lead" });
		this.#connector.start();
		return lead;
	}

	#deposed() {
		if (this.#channel && this.#resign) {
			this.#stepDown("connecting", null);
			this.#stand();
			this.#greet();
		}
	}

	/**
	 * @param {ConnectionStatus} status
	 * @param {KalamError | null} error
	 */
	#stepDown(status, error) {
		const connector = this.#connector;
		const resign = this.#resign;
		this.#connector = null;
		this.#resign = null;
		this.#tabs.clear();
		connector?.stop(status, error);
		if (this.#session) {
			this.#session = null;
			this.#listener.down();
		}
		resign?.();
	}

	/** What the leader's connector tells goes to all tabs. @returns {LineListener} */
	#relay() {
		return {
			status: (status, error) => this.#relayStatus(status, error),
			up: (session) => {
				this.#session = session;
				this.#tell({ kind: "up", session: this.#plainSession(session) });
				this.#listener.up(session);
			},
			down: () => {
				this.#session = null;
				this.#tell({ kind: "down" });
				this.#listener.down();
			},
			renewed: () => {
				this.#tell({ kind: "renewed" });
				this.#listener.renewed();
			},
			frame: (frame) => this.#relayFrame(frame),
		};
	}

	/**
	 * @param {ConnectionStatus} status
	 * @param {KalamError | null} error
	 */
	#relayStatus(status, error) {
		this.#status = { status, error };
		if (this.#resign) {
			this.#tell({ kind: "status", status, error: plain(error) });
		}
		if (this.#resign && isFinal(status)) {
			queueMicrotask(() => this.#stepDown(status, error));
		}
		this.#listener.status(status, error);
	}

	/** @param {Frame} frame */
	#relayFrame(frame) {
		const id = "subscription_id" in frame ? frame.subscription_id : undefined;
		const owner = id?.slice(0, id.indexOf("."));
		if (owner !== this.#tab && this.#tabs.size > 0) {
			this.#tell(owner === undefined ? { kind: "frame", frame } : { kind: "frame", frame, to: owner });
		}
		if (owner === undefined || owner === this.#tab) {
			this.#listener.frame(frame);
		}
	}

	/** @param {FollowerMessage | LeaderMessage} message */
	#receive(message) {
		if ("to" in message && message.to !== undefined && message.to !== this.#tab) {
			return;
		}
		switch (message.kind) {
			case "hello":
			case "bye":
			case "probe":
			case "renew":
			case "send":
			case "outranked":
				return this.#resign ? this.#serve(message) : undefined;
			case "logout":
				return this.#listener.loggedOut();
			default:
				return this.#follow(message);
		}
	}

	/** @param {FollowerMessage} message */
	#serve(message) {
		switch (message.kind) {
			case "hello":
				return this.#welcome(message.tab);
			case "bye":
				return this.#gone(message.tab);
			case "probe":
				return this.#tell({ kind: "alive", to: message.tab });
			case "renew":
				return this.#connector?.renew();
			case "send":
				return this.#forward(message);
			case "outranked":
				if (message.term >= this.#term) {
					this.#outrank(message.term);
				}
		}
	}

	/** @param {number} term */
	#outrank(term) {
		this.#term = term + 1;
		this.#tell({ kind: "lead" });
	}

	/** @param {string} tab */
	#welcome(tab) {
		if (!this.#tabs.has(tab)) {
			this.#tabs.set(tab, new Set());
			void this.#hold(`${this.#name}:${tab}`, async () => this.#gone(tab));
		}
		this.#tell({ kind: "status", status: this.#status.status, error: plain(this.#status.error), to: tab });
		if (this.#session) {
			this.#tell({ kind: "up", session: this.#plainSession(this.#session), to: tab });
		}
	}

	/** @param {string} tab */
	#gone(tab) {
		this.#tabs.get(tab)?.forEach((id) => this.#connector?.send({ type: "unsubscribe", subscription_id: id }));
		this.#tabs.delete(tab);
	}

	/** @param {{ tab: string, term: number, message: any }} message */
	#forward({ tab, term, message }) {
		const ids = this.#tabs.get(tab);
		if (term !== this.#term || !ids) {
			return;
		}
		if (message.type === "subscribe") {
			ids.add(message.subscription.id);
		} else if (message.type === "unsubscribe") {
			ids.delete(message.subscription_id);
		}
		this.#connector?.send(message);
	}

	/** @param {LeaderMessage} message */
	#follow(message) {
		if (message.term < this.#term) {
			this.#post({ kind: "outranked", tab: this.#tab, term: this.#term, to: message.tab });
			return;
		}
		if (this.#resign) {
			if (message.term === this.#term) {
				this.#outrank(this.#term);
			} else {
				this.#term = message.term;
				this.#deposed();
			}
			return;
		}
		this.#heardAt = this.#environment.clock.now();
		if (message.term > this.#term) {
			this.#term = message.term;
			this.#lose();
			this.#greet();
		}
		this.#obey(message);
	}

	/** @param {LeaderMessage} message */
	#obey(message) {
		switch (message.kind) {
			case "status":
				return this.#mirror(message.status, message.error);
			case "up":
				return this.#gain(message.session);
			case "down":
				return this.#lose();
			case "renewed":
				return this.#listener.renewed();
			case "frame":
				return this.#session ? this.#listener.frame(message.frame) : undefined;
		}
	}

	/**
	 * A leader that gives up does not speak for the next in line.
	 * @param {ConnectionStatus} status
	 * @param {PlainError} error
	 */
	#mirror(status, error) {
		if (!(this.#standing && isFinal(status))) {
			this.#listener.status(status, error && new Failure(error.code, error.message));
		}
	}

	/** @param {{ user: string, serverTime: number | null, age: number }} session */
	#gain({ user, serverTime, age }) {
		if (!this.#session) {
			this.#session = { user, serverTime, at: this.#environment.clock.now() - age };
			this.#stand();
			this.#listener.status("connected", null);
			this.#listener.up(this.#session);
		}
	}

	#lose() {
		if (this.#session) {
			this.#session = null;
			this.#listener.down();
		}
	}

	/** @param {Session} session */
	#plainSession({ user, serverTime, at }) {
		return { user, serverTime, age: this.#environment.clock.now() - at };
	}

	/** A visible tab makes sure that the leader is there. */
	#watch() {
		const { clock, page } = this.#environment;
		clock.clearTimeout(this.#timer);
		this.#timer = clock.setTimeout(() => {
			const silent = clock.now() - this.#heardAt >= SILENCE_MS;
			if (silent && this.#standing && !page.hidden()) {
				this.#probe();
			} else {
				this.#watch();
			}
		}, WATCH_MS);
	}

	#probe() {
		const { clock } = this.#environment;
		const sentAt = clock.now();
		this.#post({ kind: "probe", tab: this.#tab });
		clock.clearTimeout(this.#timer);
		this.#timer = clock.setTimeout(() => {
			const late = clock.now() - sentAt > ANSWER_MS + LATE_MS;
			if (!late && this.#heardAt < sentAt && this.#standing) {
				this.#steal();
			}
			this.#watch();
		}, ANSWER_MS);
	}

	/** @param {FollowerMessage | LeaderMessage} message */
	#post(message) {
		this.#channel?.postMessage(message);
	}

	/** @param {any} message what a leader says */
	#tell(message) {
		this.#post({ ...message, tab: this.#tab, term: this.#term });
	}
}

/** @param {ConnectionStatus} status */
const isFinal = (status) => status === "needs-auth" || status === "closed";

/**
 * @param {KalamError | null} error
 * @returns {PlainError}
 */
function plain(error) {
	return error && { code: error.code, message: error.message };
}
