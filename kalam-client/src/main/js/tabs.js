/**
 * One socket for all tabs of a user. A Web Lock says which tab leads: it has the socket, and passes frames on to the
 * others over a BroadcastChannel. When it closes, the next in line gets the lock; when it is frozen, a visible tab takes
 * it away. Each leader has a higher term than the one before, so that one that wakes up too late is not listened to.
 * Tabs of different users are on different channels.
 *
 * @import { ConnectionStatus, Environment, FollowerMessage, LeaderMessage, Line, LineListener, PlainError } from "./types.js"
 */
import { Follower } from "./follower.js";
import { Leader } from "./leader.js";
import { Lookout } from "./lookout.js";

export class SharedLine {
	#name;
	#tab;
	#environment;
	#connect;
	#listener;
	/** @type {Leader | null} */
	#leader = null;
	#follower;
	#lookout;
	/** @type {BroadcastChannel | null} */
	#channel = null;
	#gate = new AbortController();
	/** Whether this tab holds the lock by which others learn that it is gone. */
	#present = false;
	/** Gives the leader's lock back. @type {(() => void) | null} */
	#resign = null;
	#standing = false;
	#term = 0;
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
		this.#follower = new Follower(environment.clock, listener, () => this.#stand());
		this.#lookout = new Lookout(
			environment.clock,
			() => this.#standing && !environment.page.hidden(),
			() => this.#post({ kind: "probe", tab }),
			() => this.#standing && this.#steal(),
		);
	}

	/** @returns {'leader' | 'follower'} */
	get role() {
		return this.#leader ? "leader" : "follower";
	}

	start() {
		const { page } = this.#environment;
		this.#unlisten = [
			page.on("pagehide", () => this.#leave()),
			page.on("pageshow", () => this.#channel === null && this.#join()),
			page.on("visibilitychange", () => this.#channel && !page.hidden() && this.#lookout.probe()),
		];
		this.#join();
	}

	/**
	 * @param {ConnectionStatus} status
	 * @param {PlainError} [error]
	 */
	stop(status, error = null) {
		this.#unlisten.forEach((remove) => remove());
		this.#leave();
		this.#listener.status(status, error);
	}

	/** @param {object} message */
	send(message) {
		if (this.#leader) {
			this.#leader.send(message);
		} else {
			this.#post({ kind: "send", tab: this.#tab, term: this.#term, message });
		}
	}

	/** @param {boolean} settled */
	settled(settled) {
		this.#leader?.settled(settled);
	}

	renew() {
		if (this.#leader) {
			this.#leader.renew();
		} else {
			this.#post({ kind: "renew", tab: this.#tab });
			this.#stand();
		}
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
		this.#lookout.heard();
		this.#lookout.start();
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
		this.#lookout.stop();
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
		const { signal } = this.#gate;
		return Promise.resolve(this.#environment.locks?.request(name, options ?? { signal }, () => (signal.aborted ? undefined : run()))).catch(() => {});
	}

	/** Gets in line for the lead. */
	#stand() {
		if (!this.#standing && !this.#leader) {
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
		if (this.#leader) {
			return Promise.resolve();
		}
		this.#standing = false;
		this.#follower.lose();
		this.#term++;
		/** @type {Promise<void>} */
		const lead = new Promise((resolve) => (this.#resign = resolve));
		/** @type {import("./leader.js").Crew} */
		const crew = {
			tell: (message) => this.#tell(message),
			whenGone: (tab, run) => void this.#hold(`${this.#name}:${tab}`, async () => run()),
			stepDown: (status, error) => this.#stepDown(status, error),
		};
		this.#leader = new Leader(this.#tab, this.#environment.clock, crew, this.#connect, this.#listener);
		this.#tell({ kind: "lead" });
		this.#leader.start();
		return lead;
	}

	#deposed() {
		if (this.#channel && this.#leader) {
			this.#stepDown("connecting", null);
			this.#stand();
			this.#greet();
		}
	}

	/**
	 * @param {ConnectionStatus} status
	 * @param {PlainError} error
	 */
	#stepDown(status, error) {
		const leader = this.#leader;
		const resign = this.#resign;
		this.#leader = null;
		this.#resign = null;
		leader?.stop(status, error);
		this.#follower.lose();
		resign?.();
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
				return this.#leader?.serve(message, this.#term);
			case "outranked":
				return this.#leader && message.term >= this.#term ? this.#outrank(message.term) : undefined;
			case "logout":
				return this.#listener.loggedOut();
			default:
				return this.#follow(message);
		}
	}

	/** @param {number} term */
	#outrank(term) {
		this.#term = term + 1;
		this.#tell({ kind: "lead" });
	}

	/** @param {LeaderMessage} message */
	#follow(message) {
		if (message.term < this.#term) {
			this.#post({ kind: "outranked", tab: this.#tab, term: this.#term, to: message.tab });
			return;
		}
		if (this.#leader) {
			if (message.term === this.#term) {
				this.#outrank(this.#term);
			} else {
				this.#term = message.term;
				this.#deposed();
			}
			return;
		}
		this.#lookout.heard();
		if (message.term > this.#term) {
			this.#term = message.term;
			this.#follower.lose();
			this.#greet();
		}
		this.#follower.obey(message, this.#standing);
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
