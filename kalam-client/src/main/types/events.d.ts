export { Hold } from "./hold.js";
/**
 * @typedef {object} EventsHost
 * @property {Clock} clock
 * @property {string} tab
 * @property {{ isUp: boolean }} queries
 * @property {() => void} connect
 * @property {(message: object) => void} send
 */
/** @typedef {{ message: object, sent: boolean, timer: any, resolve: () => void, reject: (error: KalamError) => void }} Telling */
export class Events {
    /** @param {EventsHost} host */
    constructor(host: EventsHost);
    /** @readonly */
    readonly clock: Clock;
    /**
     * Tells an event.
     * @param {string} stream
     * @param {AnyRow} row its columns; the sender, the tenant and the owner are the user's if they are left out
     * @param {{ remove?: boolean }} [options] whether the event with that key is taken back
     * @returns {Promise<void>} resolved when the event is committed; rejected with a `KalamError`: the server's, `NOT_CONNECTED`
     *   if there was no connection for 10 s, or `UNANSWERED` if the connection was lost in between; it may have been told then
     */
    publish(stream: string, row: AnyRow, { remove }?: {
        remove?: boolean;
    }): Promise<void>;
    /**
     * Keeps an event alive as long as the page is connected, and 10 s longer.
     * @param {string} stream
     * @param {AnyRow} row
     * @param {(error: KalamError | null) => void} [onChange] is told why the event is not held: the user may not, or no longer, or
     *   the server can't for longer than a moment; and `null` when it is after all. It is asked for again when the server could not,
     *   with other values, with a new token, and on a new connection
     * @returns {Hold}
     */
    hold(stream: string, row: AnyRow, onChange?: (error: KalamError | null) => void): Hold;
    /**
     * Says what is held as it is now.
     * @param {Hold} hold
     */
    renew(hold: Hold): void;
    /** @param {Hold} hold */
    release({ id }: Hold): void;
    /** Whether a connection is needed. */
    get isBusy(): boolean;
    /** There is a connection, or a new token on the one that there is: with it the user may do other things than before. */
    up(): void;
    down(): void;
    /** @param {KalamError} error why there will be no connection */
    close(error: KalamError): void;
    /**
     * @param {Frame} frame
     * @returns {boolean} whether it was about an event
     */
    take(frame: Frame): boolean;
    #private;
}
export function events(kalam: Kalam): Events;
export type EventsHost = {
    clock: Clock;
    tab: string;
    queries: {
        isUp: boolean;
    };
    connect: () => void;
    send: (message: object) => void;
};
export type Telling = {
    message: object;
    sent: boolean;
    timer: any;
    resolve: () => void;
    reject: (error: KalamError) => void;
};
import type { Clock } from "./types.js";
import type { AnyRow } from "./types.js";
import { KalamError } from "./errors.js";
import { Hold } from "./hold.js";
import type { Frame } from "./types.js";
import type { Kalam } from "./kalam.js";
