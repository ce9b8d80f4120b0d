export class Arrival extends Held {
    /**
     * @param {AckEvent} event
     * @returns {Effect[]}
     */
    ack(event: AckEvent): Effect[];
    /**
     * @param {BatchEvent} event
     * @returns {Effect[]}
     */
    batch(event: BatchEvent): Effect[];
    /**
     * @param {AdvanceEvent} event
     * @returns {Effect[]}
     */
    advance(event: AdvanceEvent): Effect[];
    /**
     * A commit of which some parts came before a reset: they are void.
     * @param {ChangeEvent} event
     * @returns {Effect[]}
     */
    stray(event: ChangeEvent): Effect[];
    /**
     * @param {ChangeEvent} event
     * @returns {Effect[]}
     */
    change(event: ChangeEvent): Effect[];
    #private;
}
import { Held } from "./held.js";
import type { AckEvent } from "./transitions.js";
import type { Effect } from "./transitions.js";
import type { BatchEvent } from "./transitions.js";
import type { AdvanceEvent } from "./transitions.js";
import type { ChangeEvent } from "./transitions.js";
