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
     * @param {(error: KalamError) => void} [onEnd] is told if the user may not hold it, or no longer
     * @returns {Hold}
     */
    hold(stream: string, row: AnyRow, onEnd?: (error: KalamError) => void): Hold;
    /**
     * Says what is held as it is now.
     * @param {Hold} hold
     */
    renew({ id, stream, row }: Hold): void;
    /** @param {Hold} hold */
    release({ id }: Hold): void;
    /** Whether a connection is needed. */
    get isBusy(): boolean;
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
/** An event that is held. */
export class Hold {
    /**
     * @param {Events} events
     * @param {string} id
     * @param {string} stream
     * @param {AnyRow} row
     * @param {(error: KalamError) => void} onEnd
     */
    constructor(events: Events, id: string, stream: string, row: AnyRow, onEnd: (error: KalamError) => void);
    /** @readonly */
    readonly id: string;
    /** @readonly */
    readonly stream: string;
    row: AnyRow;
    /** @readonly */
    readonly onEnd: (error: KalamError) => void;
    /**
     * Holds the event with other values.
     * @param {AnyRow} row
     */
    set(row: AnyRow): void;
    /** Ends the event at once, unless another page of the user holds it. */
    release(): void;
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
import type { Frame } from "./types.js";
import type { Kalam } from "./kalam.js";
