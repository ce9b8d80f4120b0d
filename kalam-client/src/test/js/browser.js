/**
 * Several tabs of one browser: locks, channels and storage that they share, and tabs that freeze.
 */
import { createHash } from "node:crypto";
// loaded ahead: how long a disk takes is nothing that a virtual clock knows
import "../../main/js/keeper.js";
import "../../main/js/identity.js";
import "../../main/js/tabs.js";

/** SHA-256 that does not wait for another thread, of whose time a test knows nothing. */
export const subtle = { digest: async (_, bytes) => new Uint8Array(createHash("sha256").update(bytes).digest()).buffer };

class FakeLocks {
	#held = new Map();
	#queue = new Map();

	request(name, options, run) {
		return new Promise((resolve, reject) => {
			const wanted = { run, resolve, reject, tab: options.tab };
			if (options.signal?.aborted) {
				reject(new DOMException("aborted", "AbortError"));
			} else if (options.steal) {
				this.#held.get(name)?.reject(new DOMException("stolen", "AbortError"));
				this.#grant(name, wanted);
			} else {
				options.signal?.addEventListener("abort", () => this.#withdraw(name, wanted));
				this.#queue.set(name, [...(this.#queue.get(name) ?? []), wanted]);
				setImmediate(() => this.#next(name));
			}
		});
	}

	#withdraw(name, wanted) {
		const queue = this.#queue.get(name) ?? [];
		if (queue.includes(wanted)) {
			this.#queue.set(name, queue.filter((other) => other !== wanted));
			wanted.reject(new DOMException("aborted", "AbortError"));
		}
	}

	#next(name) {
		const [first, ...others] = this.#queue.get(name) ?? [];
		if (first && !this.#held.has(name)) {
			this.#queue.set(name, others);
			this.#grant(name, first);
		}
	}

	#grant(name, wanted) {
		this.#held.set(name, wanted);
		const done = (settle) => (value) => {
			if (this.#held.get(name) === wanted) {
				this.#held.delete(name);
			}
			settle(value);
			setImmediate(() => this.#next(name));
		};
		Promise.resolve(wanted.run({ name })).then(done(wanted.resolve), done(wanted.reject));
	}

	/** What a tab that has crashed held and wanted. */
	release(tab) {
		for (const [name, queue] of this.#queue) {
			this.#queue.set(name, queue.filter((wanted) => wanted.tab !== tab));
		}
		for (const [name, wanted] of this.#held) {
			if (wanted.tab === tab) {
				this.#held.delete(name);
				setImmediate(() => this.#next(name));
			}
		}
	}
}

export class Browser {
	locks = new FakeLocks();
	#channels = new Set();

	constructor(world) {
		this.world = world;
	}

	/** Says something on every channel. */
	say(data) {
		this.#channels.forEach((channel) => channel.take({ data }));
	}

	/** A tab with a client in it. */
	tab(options = {}) {
		const { world, locks } = this;
		const tab = { isFrozen: false, isGone: false, waiting: [] };
		const channels = this.#channels;
		const later = (run) => (tab.isGone ? undefined : tab.isFrozen ? tab.waiting.push(run) : run());
		const clock = {
			now: () => world.clock.now(),
			setTimeout: (run, ms) => world.clock.setTimeout(() => later(run), ms),
			clearTimeout: (id) => world.clock.clearTimeout(id),
		};
		class BroadcastChannel {
			onmessage = null;

			constructor(name) {
				this.name = name;
				channels.add(this);
			}

			postMessage(message) {
				if (!channels.has(this) || tab.isGone) {
					return;
				}
				const data = structuredClone(message);
				for (const other of channels) {
					if (other !== this && other.name === this.name) {
						setImmediate(() => channels.has(other) && other.take({ data: structuredClone(data) }));
					}
				}
			}

			take(event) {
				later(() => this.onmessage?.(event));
			}

			close() {
				channels.delete(this);
			}
		}
		class WebSocket {
			constructor(url) {
				const socket = new world.server.WebSocket(url);
				socket.isFrozen = () => tab.isFrozen;
				tab.socket = socket;
				return socket;
			}
		}
		const { environment, late = () => false, ...others } = options;
		const asked = (name, ask) => (late(name) ? new Promise((resolve) => world.clock.setTimeout(() => resolve(ask()), 100)) : ask());
		const page = world.page({
			share: true,
			clock,
			WebSocket,
			...others,
			environment: {
				BroadcastChannel,
				subtle,
				locks: {
					request: (name, lockOptions, run) => asked(name, () => locks.request(name, { ...lockOptions, tab }, (lock) => new Promise((resolve, reject) => later(() => Promise.resolve(run(lock)).then(resolve, reject))))),
				},
				...environment,
			},
		});
		return Object.assign(tab, page, {
			freeze: () => (tab.isFrozen = true),
			thaw: () => {
				tab.isFrozen = false;
				tab.waiting.splice(0).forEach((run) => run());
				tab.socket?.deliver();
			},
			crash: () => {
				tab.isGone = true;
				locks.release(tab);
				tab.socket?.close();
			},
			role: () => page.kalam.debug().sharing,
		});
	}
}
