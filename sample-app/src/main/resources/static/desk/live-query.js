/**
 * What a query holds, and how frames change it. No socket, no page, no time: events in, rows out.
 */

/** One chain of frames: each names the one before it, and a commit may come in parts. */
export class Chain {
	#last;
	#open = null;
	#parts = [];

	constructor(last) {
		this.#last = last;
	}

	/** Returns the changes of a commit that is complete, none otherwise. Parts of one that never gets complete are void. */
	take(frame) {
		if (this.#open !== null && this.#open !== frame.seq) {
			this.#last = this.#open;
			this.#parts = [];
		}
		this.#open = null;
		if ((frame.prev ?? null) !== this.#last) {
			throw new Error(`A frame is missing between ${this.#last} and ${frame.seq}`);
		}
		if (frame.type === "transaction") {
			this.#parts = this.#parts.concat(frame.changes);
			if (!frame.last) {
				this.#open = frame.seq;
				return [];
			}
		}
		const changes = this.#parts;
		this.#parts = [];
		this.#last = frame.seq;
		return changes;
	}
}

/** A query and what it holds. Its status is `loading`, `live`, `stale` or `error`. */
export class LiveQuery {
	#rows = new Map();
	#staged = new Map();
	#key = ["id"];
	chain = null;
	status = "loading";
	error = null;

	constructor(id, name, subscription, listener) {
		this.id = id;
		this.name = name;
		this.subscription = { id, ...subscription };
		this.listener = listener;
	}

	get rows() {
		return [...this.#rows.values()];
	}

	restart(purge = false) {
		this.#staged = new Map();
		this.chain = null;
		this.error = null;
		this.status = this.status === "loading" || purge ? "loading" : "stale";
		if (purge) {
			this.#rows = new Map();
		}
	}

	acknowledged(key) {
		this.#key = key;
	}

	/** Returns whether the snapshot is complete and shown. */
	batch(frame) {
		for (const row of frame.rows) {
			this.#staged.set(this.#keyOf(row), row);
		}
		if (frame.batch_control.status !== "ready") {
			return false;
		}
		this.#rows = this.#staged;
		this.chain = new Chain(frame.batch_control.snapshot_end_seq);
		this.status = "live";
		return true;
	}

	apply({ op, row, old }) {
		if (op === "truncate") {
			this.#rows.clear();
			return;
		}
		const key = row && this.#keyOf(row);
		const oldKey = old && this.#keyOf(old);
		if (oldKey && oldKey !== key) {
			this.#rows.delete(oldKey);
		}
		if (row) {
			this.#rows.set(key, row);
		}
	}

	fail(message) {
		this.status = "error";
		this.error = message;
	}

	#keyOf(row) {
		return JSON.stringify(this.#key.map((column) => row[column]));
	}
}
