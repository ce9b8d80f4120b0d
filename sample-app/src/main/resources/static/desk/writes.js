/**
 * What this tab writes, and whether a row that comes in is the echo of it. That is known after a reload too, which
 * may bring the echo again.
 */
import { toast } from "./announce.js";

const REMEMBERED = 50;

export class Writes {
	#session;
	#line;
	#underWay = new Set();
	#key;

	constructor(session, line) {
		this.#session = session;
		this.#line = line;
		this.#key = `desk.written.${session.user}`;
	}

	/** Calls the API and returns the answer, or `null` after saying what went wrong. */
	async send(method, path, body) {
		try {
			return (await this.attempt(method, path, body)) ?? {};
		} catch (error) {
			toast(error.message);
			return null;
		}
	}

	/** The same, for who says it in a better place. */
	async attempt(method, path, body) {
		if (this.#line.isAway) {
			throw new Error("This tab is offline. Bring it back to change something.");
		}
		const answer = this.#session.send(method, path, body);
		const settled = answer.then((row) => this.#remember(row), () => {});
		this.#underWay.add(settled);
		void settled.then(() => this.#underWay.delete(settled));
		return answer;
	}

	/** Whether it was this tab that wrote a row as it is now. A commit can be here before the API's answer, so that has to be waited for. */
	async isOwn(row) {
		await Promise.all(this.#underWay);
		return this.#written().includes(version(row));
	}

	/** Leaves nothing behind. */
	forget() {
		sessionStorage.removeItem(this.#key);
	}

	#remember(row) {
		if (row) {
			const written = [...this.#written(), version(row)].slice(-REMEMBERED);
			sessionStorage.setItem(this.#key, JSON.stringify(written));
		}
	}

	#written() {
		return JSON.parse(sessionStorage.getItem(this.#key) ?? "[]");
	}
}

/** The API's ids are numbers, the live ones strings; the time stamps of both are the same to the millisecond. */
function version(row) {
	return `${row.id} ${Date.parse(row.updated_at ?? row.created_at)}`;
}
