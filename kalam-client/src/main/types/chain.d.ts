export class Chain {
    /** @param {string | null} last where the chain begins */
    constructor(last: string | null);
    /** The sequence up to which the chain is complete. @type {string | null} */
    last: string | null;
    /**
     * Takes the next frame. Behind a gap the chain goes on at the frame.
     * @param {TransactionFrame | MarkFrame} frame
     * @returns {Step}
     */
    take(frame: TransactionFrame | MarkFrame): Step;
    #private;
}
/**
 * What a frame means for its chain.
 */
export type AnyStep = {
    /**
     * whether something is missing before the frame, or a commit whose last part will never come
     */
    gap: boolean;
    /**
     * up to where the chain was complete before the frame
     */
    from: string | null;
    /**
     * all of a commit's, when its last part is here
     */
    changes: readonly FrameChange[];
};
/**
 * What a frame means for its chain.
 */
export type OtherStep = AnyStep & {
    kind: "part" | "mark" | "duplicate";
    folded?: undefined;
};
/**
 * whether it came in one part, and how many changes of which subscription were left out of it
 */
export type CommitStep = AnyStep & {
    kind: "commit";
    whole: boolean;
    commitTime: string | null;
    folded: TransactionFrame["folded"];
};
/**
 * What a frame means for its chain.
 */
export type Step = CommitStep | OtherStep;
import type { TransactionFrame } from "./types.js";
import type { MarkFrame } from "./types.js";
import type { FrameChange } from "./types.js";
