/**
 * What comes in of a live query: a snapshot, staged until it is complete; the commits after it or after a cursor, until the
 * live chain is reached; and those of the live chain.
 *
 * @import { AnyRow, RowChange } from "./types.js"
 * @import { CommitStep } from "./chain.js"
 * @import { AckEvent, AdvanceEvent, BatchEvent, ChangeEvent, Commit, Effect } from "./transitions.js"
 */
import { Chain } from "./chain.js";
import { Held, NOTHING, NOTIFY } from "./held.js";
import { compareSeq } from "./protocol.js";
import { Rows } from "./rows.js";
import { AWAITS_ROWS } from "./transitions.js";

/** @type {Effect} */
const STORE = Object.freeze({ do: "store" });

export class Arrival extends Held {
	/**
	 * @param {AckEvent} event
	 * @returns {Effect[]}
	 */
	ack(event) {
		const { frame } = event;
		const resumed = frame.resumed === true;
		if (this.acknowledged && this.epoch === frame.epoch && (resumed || this.batches > 0)) {
			return NOTHING;
		}
		if (!AWAITS_ROWS.has(this.state) || resumed !== !frame.batch_control.has_more || (resumed && this.kept === null)) {
			return this.unexpected(event);
		}
		this.acknowledged = true;
		this.epoch = frame.epoch;
		this.batches = 0;
		this.staged = [];
		this.fresh = !resumed;
		if (resumed && this.kept) {
			this.rows.describe(frame.key, frame.schema);
			this.chain = new Chain(this.kept.seq);
			this.state = "catching-up";
		} else {
			this.kept = null;
			this.rows.describe(frame.key, frame.schema);
			this.state = this.source === "none" ? "staging" : "resyncing";
		}
		return [NOTIFY];
	}

	/**
	 * @param {BatchEvent} event
	 * @returns {Effect[]}
	 */
	batch(event) {
		const { rows, batch_control: control } = event.frame;
		if (this.acknowledged && control.batch_num < this.batches) {
			return NOTHING;
		}
		if (!this.acknowledged || !AWAITS_ROWS.has(this.state) || control.batch_num > this.batches) {
			return this.unexpected(event);
		}
		this.batches++;
		for (const row of rows) {
			delete row._seq;
			this.staged.push(row);
		}
		if (!control.has_more) {
			return this.#complete(control.snapshot_end_seq);
		}
		if (this.query.progressive && this.state === "staging") {
			this.partial = true;
			this.rows.replace(this.staged);
			return [NOTIFY];
		}
		return NOTHING;
	}

	/**
	 * The snapshot is complete. It may be from before a commit that was shown already: what the stream tells, a snapshot
	 * may not see for a moment yet. Then it is kept back until it has caught up with that.
	 * @param {string} boundary
	 * @returns {Effect[]}
	 */
	#complete(boundary) {
		this.chain = new Chain(boundary);
		if (this.seq !== null && this.shownEpoch === this.epoch && compareSeq(boundary, this.seq) < 0) {
			this.behind = new Rows(null, this.query.lastRows !== null);
			this.behind.describe(this.rows.keyColumns, this.rows.schema);
			this.behind.replace(this.staged);
			this.staged = [];
			return NOTHING;
		}
		return this.#swap(boundary, this.staged);
	}

	/**
	 * @param {string} seq
	 * @param {readonly AnyRow[]} rows
	 * @returns {Effect[]}
	 */
	#swap(seq, rows) {
		this.rows.replace(rows);
		this.staged = [];
		this.behind = null;
		this.partial = false;
		this.seq = seq;
		this.shownEpoch = this.epoch;
		this.source = "server";
		this.loading = false;
		this.error = null;
		this.state = "catching-up";
		return [NOTIFY];
	}

	/**
	 * @param {AdvanceEvent} event
	 * @returns {Effect[]}
	 */
	advance(event) {
		const { frame, liveSeq } = event;
		if (this.state === "resyncing" && !this.behind) {
			return this.unexpected(event);
		}
		const step = this.chain.take(frame);
		if (step.kind === "duplicate" || (step.kind === "part" && !step.gap)) {
			return NOTHING;
		}
		if (this.state === "live") {
			return step.kind === "mark" && frame.seq === step.from ? NOTHING : this.unexpected(event);
		}
		if (step.gap) {
			return this.restart(`a frame is missing behind ${step.from}`);
		}
		if (step.kind === "mark") {
			return frame.seq === liveSeq ? this.#join(frame.seq) : this.restart(`the live chain is at ${liveSeq}, not at ${frame.seq}`);
		}
		this.kept = null;
		return this.behind
			? this.#follow(this.behind, frame.seq, step.changes)
			: this.#apply({ .../** @type {CommitStep} */ (step), seq: frame.seq, folded: step.folded?.[/** @type {string} */ (frame.subscription_id)] });
	}

	/**
	 * @param {Rows} behind
	 * @param {string} seq
	 * @param {readonly RowChange[]} changes
	 * @returns {Effect[]}
	 */
	#follow(behind, seq, changes) {
		behind.apply(changes);
		return compareSeq(seq, this.seq ?? "0") < 0 ? NOTHING : this.#swap(seq, behind.data);
	}

	/**
	 * @param {string} seq
	 * @returns {Effect[]}
	 */
	#join(seq) {
		if (this.behind) {
			this.#swap(seq, this.behind.data);
		}
		this.state = "live";
		this.source = "server";
		this.loading = false;
		this.shownEpoch = this.epoch;
		this.error = null;
		this.fresh = false;
		this.kept = this.query.lastRows === null && this.epoch !== null ? { seq, epoch: this.epoch } : null;
		return [NOTIFY, STORE];
	}

	/**
	 * A commit of which some parts came before a reset: they are void.
	 * @param {ChangeEvent} event
	 * @returns {Effect[]}
	 */
	stray(event) {
		return event.whole ? this.unexpected(event) : NOTHING;
	}

	/**
	 * @param {ChangeEvent} event
	 * @returns {Effect[]}
	 */
	change(event) {
		const effects = this.#apply(event);
		return effects.length > 0 ? [...effects, STORE] : effects;
	}

	/**
	 * @param {Commit} commit
	 * @returns {Effect[]}
	 */
	#apply({ seq, commitTime, changes, folded = 0 }) {
		const made = this.rows.apply(changes);
		if (made.length === 0) {
			return NOTHING;
		}
		this.seq = seq;
		return [{ do: "transaction", transaction: { seq, commitTime, changes: made, folded } }, NOTIFY];
	}
}
