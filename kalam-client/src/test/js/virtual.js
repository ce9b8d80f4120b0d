/**
 * Time, chance and a page that a test is in charge of.
 */

/** Lets everything happen that waits for nothing but its turn. */
export async function settle() {
	for (let turn = 0; turn < 4; turn++) {
		await new Promise((resolve) => setImmediate(resolve));
	}
}

export class VirtualClock {
	#now = 0;
	#next = 1;
	#timers = new Map();
	/** Timers run at most so often, as a hidden page's do. */
	throttleMs = 0;

	now() {
		return this.#now;
	}

	setTimeout(run, ms) {
		const id = this.#next++;
		this.#timers.set(id, { id, at: this.#now + Math.max(0, ms), run });
		return id;
	}

	clearTimeout(id) {
		this.#timers.delete(id);
	}

	get pending() {
		return this.#timers.size;
	}

	/** Moves the time without running what is due on the way: the machine slept. */
	sleep(ms) {
		this.#now += ms;
	}

	async advance(ms) {
		const end = this.#now + ms;
		await settle();
		for (;;) {
			const due = [...this.#timers.values()].map((timer) => ({ ...timer, at: this.#late(timer.at) }));
			const next = due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.id - b.id)[0];
			if (!next) {
				break;
			}
			this.#timers.delete(next.id);
			this.#now = Math.max(this.#now, next.at);
			next.run();
			await settle();
		}
		this.#now = Math.max(this.#now, end);
		await settle();
	}

	#late(at) {
		return this.throttleMs > 0 ? Math.ceil(at / this.throttleMs) * this.throttleMs : at;
	}
}

/** Chance with a seed (mulberry32). */
export function seeded(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export class FakePage {
	isHidden = false;
	isOnline = true;
	#listeners = new Map();

	hidden() {
		return this.isHidden;
	}

	online() {
		return this.isOnline;
	}

	on(event, run) {
		const listeners = this.#listeners.get(event) ?? new Set();
		this.#listeners.set(event, listeners.add(run));
		return () => listeners.delete(run);
	}

	fire(event, detail = {}) {
		[...(this.#listeners.get(event) ?? [])].forEach((run) => run(detail));
	}

	setHidden(hidden) {
		this.isHidden = hidden;
		this.fire("visibilitychange");
	}

	setOnline(online) {
		this.isOnline = online;
		this.fire(online ? "online" : "offline");
	}
}

export class Log {
	messages = [];

	warn(...message) {
		this.messages.push(message.map(String).join(" "));
	}

	count(part) {
		return this.messages.filter((message) => message.includes(part)).length;
	}
}

/** A token as a real one looks, of which only the claims are read. */
export function token(user, claims = {}) {
	const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
	return `${encode({ alg: "none" })}.${encode({ sub: user, ...claims })}.signature`;
}
