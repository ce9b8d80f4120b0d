export class Subscription extends Arrival {
    /**
     * @param {Event} event
     * @returns {Effect[]} what has to be done, in this order
     */
    handle(event: Event): Effect[];
    /** @returns {Effect[]} */
    ignore(): Effect[];
    /**
     * @param {ListenEvent} event
     * @returns {Effect[]}
     */
    listen({ persisted, up }: ListenEvent): Effect[];
    /**
     * @param {HydratedEvent} event
     * @returns {Effect[]}
     */
    hydrated({ stored, up }: HydratedEvent): Effect[];
    /** @returns {Effect[]} */
    up(): Effect[];
    /**
     * @param {DownEvent} event
     * @returns {Effect[]}
     */
    down({ seq }: DownEvent): Effect[];
    /**
     * @param {GapEvent} event
     * @returns {Effect[]}
     */
    gap({ seq }: GapEvent): Effect[];
    /**
     * @param {ResetEvent} event
     * @returns {Effect[]}
     */
    reset({ frame }: ResetEvent): Effect[];
    /**
     * @param {ErrorEvent} event
     * @returns {Effect[]}
     */
    fail({ frame }: ErrorEvent): Effect[];
    /**
     * @param {RetryEvent} event
     * @returns {Effect[]}
     */
    retry({ up }: RetryEvent): Effect[];
    /**
     * `refresh()` of one that is well: a new snapshot, which replaces the rows when it is complete.
     * @returns {Effect[]}
     */
    renew(): Effect[];
    /**
     * @param {ForgetEvent} event
     * @returns {Effect[]}
     */
    forget({ up }: ForgetEvent): Effect[];
    /** @returns {Effect[]} */
    release(): Effect[];
    #private;
}
import { Arrival } from "./arrival.js";
import type { Event } from "./transitions.js";
import type { Effect } from "./transitions.js";
import type { ListenEvent } from "./transitions.js";
import type { HydratedEvent } from "./transitions.js";
import type { DownEvent } from "./transitions.js";
import type { GapEvent } from "./transitions.js";
import type { ResetEvent } from "./transitions.js";
import type { ErrorEvent } from "./transitions.js";
import type { RetryEvent } from "./transitions.js";
import type { ForgetEvent } from "./transitions.js";
