/** @param {string} token */
export function authenticate(token: string): {
    type: string;
    method: string;
    token: string;
    protocol: {
        serialization: string;
        compression: string;
        transactions: boolean;
    };
};
/**
 * @param {string} id
 * @param {Query} query
 * @param {Cursor | null} cursor
 */
export function subscribe(id: string, query: Query, cursor: Cursor | null): {
    type: string;
    subscription: {
        id: string;
        sql: string;
        options: {
            params: readonly import("./types.js").Param[] | undefined;
            last_rows: number | undefined;
            batch_size: number | undefined;
            deliver: string | undefined;
            from: string | undefined;
            epoch: string | undefined;
            on_expired: string | undefined;
        };
    };
};
/**
 * Whether a server would take a message.
 * @param {object} message
 */
export function fits(message: object): boolean;
/**
 * Reads a message of the server.
 * @param {unknown} data
 * @returns {Frame | null} the frame, or `null` if it is of a type that this client does not know
 * @throws {KalamError} `PROTOCOL` if it is not what the protocol says
 */
export function decode(data: unknown): Frame | null;
/**
 * Reads a time of the server.
 * @param {unknown} text
 * @returns {number | null} in milliseconds; `null` if it is none
 */
export function instant(text: unknown): number | null;
/**
 * Compares sequences, which are numbers of any length in decimal digits.
 * @param {string} a
 * @param {string} b
 */
export function compareSeq(a: string, b: string): number;
export const VERSION: 1;
export const UPGRADE: "Load /kalam/kalam.js from that server, or install kalam-client in its version.";
/** The codes with which a server closes a socket for a reason. */
export const CLOSED_MALFORMED: 4400;
export const CLOSED_UNAUTHENTICATED: 4401;
export const CLOSED_FORBIDDEN: 4403;
export const CLOSED_RATE_LIMIT: 4429;
export const CLOSED_TOO_LARGE: 1009;
export function unsubscribe(id: string): {
    type: string;
    subscription_id: string;
};
export function ping(): {
    type: string;
};
export type Check = (value: any) => boolean;
import type { Query } from "./types.js";
import type { Cursor } from "./types.js";
import type { Frame } from "./types.js";
