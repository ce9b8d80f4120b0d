export class Lookout {
    /**
     * @param {Clock} clock
     * @param {() => boolean} mayAsk whether it is this tab's business
     * @param {() => void} ask
     * @param {() => void} missing what to do when nobody has answered
     */
    constructor(clock: Clock, mayAsk: () => boolean, ask: () => void, missing: () => void);
    /** The leader was there just now. */
    heard(): void;
    start(): void;
    /** Asks at once. */
    probe(): void;
    stop(): void;
    #private;
}
import type { Clock } from "./types.js";
