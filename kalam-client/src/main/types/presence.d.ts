/**
 * @template {object} [R=AnyRow]
 * @param {Kalam} kalam
 * @param {string} place
 * @param {PresenceOptions} [options]
 * @returns {Presence<R>}
 */
export function presence<R extends object = AnyRow>(kalam: Kalam, place: string, options?: PresenceOptions): Presence<R>;
/**
 * @typedef {object} PresenceOptions
 * @property {string} [table] the stream, `presence` if it is left out; it has a column `place`
 * @property {AnyRow} [row] what else there is to say: the other columns of the stream
 */
/** @template {object} [R=AnyRow] */
export class Presence<R extends object = AnyRow> {
    /**
     * @param {Kalam} kalam
     * @param {string} place
     * @param {PresenceOptions} [options]
     */
    constructor(kalam: Kalam, place: string, { table, row }?: PresenceOptions);
    /**
     * Is there as long as somebody is subscribed, and a second longer.
     * @param {() => void} listener called when `getSnapshot()` gives something new
     * @returns {() => void} what ends it
     */
    subscribe(listener: () => void): () => void;
    /**
     * Who is there, oneself included: the rows of the stream, one for each user. An error says that one is not there oneself.
     * @returns {LiveState<R>}
     */
    getSnapshot(): LiveState<R>;
    /**
     * Says something else.
     * @param {AnyRow} row the other columns of the stream
     */
    set(row: AnyRow): void;
    /** Leaves at once, unless another page of the user is there. */
    leave(): void;
    #private;
}
export type PresenceOptions = {
    /**
     * the stream, `presence` if it is left out; it has a column `place`
     */
    table?: string | undefined;
    /**
     * what else there is to say: the other columns of the stream
     */
    row?: AnyRow | undefined;
};
import type { AnyRow } from "./types.js";
import type { Kalam } from "./kalam.js";
import type { LiveState } from "./types.js";
