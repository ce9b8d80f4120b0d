/**
 * A timer that can be set anew.
 * @import { Clock } from "./types.js"
 */
export class Timer {
    /** @param {Clock} clock */
    constructor(clock: Clock);
    /**
     * @param {() => void} run
     * @param {number} ms
     */
    set(run: () => void, ms: number): void;
    clear(): void;
    #private;
}
import type { Clock } from "./types.js";
