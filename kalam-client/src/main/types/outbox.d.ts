export class Outbox {
    /**
     * @param {Clock} clock
     * @param {(text: string) => void} write
     */
    constructor(clock: Clock, write: (text: string) => void);
    open(): void;
    /** @param {string} text */
    send(text: string): void;
    close(): void;
    #private;
}
import type { Clock } from "./types.js";
