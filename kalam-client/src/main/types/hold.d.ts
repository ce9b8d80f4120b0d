/** An event that is held. */
export class Hold {
    /**
     * @param {Events} events
     * @param {string} id
     * @param {string} stream
     * @param {AnyRow} row
     * @param {(error: KalamError | null) => void} onChange
     */
    constructor(events: Events, id: string, stream: string, row: AnyRow, onChange: (error: KalamError | null) => void);
    /** Why it is not held. @type {KalamError | null} */
    error: KalamError | null;
    /** How often in a row the server could not. @internal */
    attempts: number;
    /** Whether the server may hold something by its id. @internal */
    sent: boolean;
    /** @readonly */
    readonly id: string;
    /** @readonly */
    readonly stream: string;
    row: AnyRow;
    /** @internal */
    timer: Timer;
    /** The server holds it. @internal */
    taken(): void;
    /**
     * The application is told once.
     * @internal
     * @param {KalamError | null} error
     */
    told(error: KalamError | null): void;
    /**
     * Holds the event with other values.
     * @param {AnyRow} row
     */
    set(row: AnyRow): void;
    /** Ends the event at once, unless another page of the user holds it. */
    release(): void;
    #private;
}
import type { KalamError } from "./errors.js";
import type { AnyRow } from "./types.js";
import { Timer } from "./timer.js";
import type { Events } from "./events.js";
