export class Liveness {
    /**
     * @param {Clock} clock
     * @param {() => void} ask asks whether somebody is there
     * @param {() => void} gone what to do when nobody is
     */
    constructor(clock: Clock, ask: () => void, gone: () => void);
    /** Somebody was there just now. */
    sign(): void;
    /** Begins to listen. */
    start(ms?: number): void;
    /** Asks at once. */
    probe(again?: boolean): void;
    stop(): void;
    #private;
}
import type { Clock } from "./types.js";
