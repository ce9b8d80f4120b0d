/**
 * How long to wait, in milliseconds.
 * @param {{ random: () => number }} environment
 * @param {number} attempts how many have failed before
 */
export function jitter({ random }: {
    random: () => number;
}, attempts: number): number;
export class Backoff {
    /**
     * @param {Environment} environment
     * @param {() => void} run what to do when it is time
     */
    constructor(environment: Environment, run: () => void);
    schedule(): void;
    /** Something has changed that makes an attempt worth its while. */
    hurry(): void;
    /** @param {number} ms how long the server does not want to see us */
    floor(ms: number): void;
    cancel(): void;
    /** All is well again. */
    forgive(): void;
    #private;
}
import type { Environment } from "./types.js";
