/**
 * A chain of frames in which each names the one before it, so that nothing can be missing or come twice unnoticed.
 * @import { FrameChange, MarkFrame, TransactionFrame } from "./types.js"
 */
import { compareSeq } from "./protocol.js";

/**
 * What a frame means for its chain.
 * @typedef {object} AnyStep
 * @property {boolean} gap whether something is missing before the frame, or a commit whose last part will never come
 * @property {string | null} from up to where the chain was complete before the frame
 * @property {readonly FrameChange[]} changes all of a commit's, when its last part is here
 *
 * @typedef {AnyStep & { kind: 'part' | 'mark' | 'duplicate', folded?: undefined }} OtherStep
 * @typedef {AnyStep & { kind: 'commit', whole: boolean, commitTime: string | null, folded: TransactionFrame["folded"] }} CommitStep
 *   whether it came in one part, and how many changes of which subscription were left out of it
 * @typedef {CommitStep | OtherStep} Step
 */

/** @type {readonly FrameChange[]} */
const NONE = Object.freeze([]);

/** @type {Step} */
const DUPLICATE = Object.freeze({ kind: "duplicate", gap: false, from: null, changes: NONE });

export class Chain {
	/** The sequence up to which the chain is complete. @type {string | null} */
	last;
	/** The sequence of a commit whose last part is still to come. @type {string | null} */
	#open = null;
	/** @type {FrameChange[]} */
	#parts = [];

	/** @param {string | null} last where the chain begins */
	constructor(last) {
		this.last = last;
	}

	/**
	 * Takes the next frame. Behind a gap the chain goes on at the frame.
	 * @param {TransactionFrame | MarkFrame} frame
	 * @returns {Step}
	 */
	take(frame) {
		const prev = frame.prev ?? null;
		const from = this.last;
		if (this.#open !== null && frame.type === "transaction" && frame.seq === this.#open && prev === from) {
			return this.#accept(frame, from, false);
		}
		const expected = this.#open ?? this.last;
		if (prev !== expected && expected !== null && compareSeq(frame.seq, expected) <= 0) {
			return DUPLICATE;
		}
		const gap = prev !== expected || this.#open !== null;
		this.#open = null;
		this.#parts = [];
		return this.#accept(frame, from, gap);
	}

	/**
	 * @param {TransactionFrame | MarkFrame} frame
	 * @param {string | null} from
	 * @param {boolean} gap
	 * @returns {Step}
	 */
	#accept(frame, from, gap) {
		if (frame.type === "mark") {
			this.last = frame.seq;
			return { kind: "mark", gap, from, changes: NONE };
		}
		if (!frame.last) {
			this.#open = frame.seq;
			this.last = frame.prev ?? null;
			frame.changes.forEach((change) => this.#parts.push(change));
			return { kind: "part", gap, from, changes: NONE };
		}
		const whole = this.#parts.length === 0;
		const changes = whole ? frame.changes : this.#parts.concat(frame.changes);
		this.#open = null;
		this.#parts = [];
		this.last = frame.seq;
		return { kind: "commit", gap, from, changes, whole, commitTime: frame.commit_time ?? null, folded: frame.folded };
	}
}
