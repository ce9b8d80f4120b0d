/**
 * @param {KalamOptions} options
 * @returns {Kalam}
 */
export function createKalam(options: KalamOptions): Kalam;
export { KalamError } from "./errors.js";
export { LiveQuery } from "./live-query.js";
/**
 * @typedef {import("./types.js").KalamOptions} KalamOptions
 * @typedef {import("./types.js").QueryOptions} QueryOptions
 * @typedef {import("./types.js").ConnectionStatus} ConnectionStatus
 * @typedef {import("./types.js").Transaction} Transaction
 * @typedef {import("./types.js").RowChange} RowChange
 * @typedef {import("./types.js").Cursor} Cursor
 * @typedef {import("./types.js").AnyRow} AnyRow
 */
/**
 * @template {object} [R=AnyRow]
 * @typedef {import("./types.js").LiveState<R>} LiveState
 */
export class Kalam {
    /** @param {KalamOptions} options */
    constructor(options: KalamOptions);
    /** How the connection is. @type {Readable<ConnectionStatus>} @readonly */
    readonly connection: Readable<ConnectionStatus>;
    /** What is wrong with the connection, if something is. */
    get error(): import("./errors.js").KalamError | null;
    /**
     * A live query. Equal queries share one subscription.
     * @template {object} [R=AnyRow]
     * @param {string} sql
     * @param {QueryOptions} [options]
     * @returns {LiveQuery<R>}
     */
    live<R extends object = import("./types.js").AnyRow>(sql: string, options?: QueryOptions): LiveQuery<R>;
    /**
     * All rows of a table that the user may read. Of a table in `KalamTables` it is known what they are.
     * @template {TableName} N
     * @overload
     * @param {N} name
     * @param {QueryOptions} [options]
     * @returns {LiveQuery<KalamTables[N]>}
     */
    table<N extends TableName>(name: N, options?: import("./types.js").QueryOptions | undefined): LiveQuery<KalamTables[N]>;
    /**
     * All rows of a table that the user may read.
     * @template {object} [R=Unlisted]
     * @overload
     * @param {NameOf<R>} name
     * @param {QueryOptions} [options]
     * @returns {LiveQuery<RowOf<R>>}
     */
    table<R extends object = Unlisted>(name: NameOf<R>, options?: import("./types.js").QueryOptions | undefined): LiveQuery<RowOf<R>>;
    /**
     * Says that the user has signed in (as somebody else, perhaps), has signed out, or may do other things than before.
     * @param {AuthEvent} event
     */
    setAuth(event: AuthEvent): void;
    /**
     * For the modules of this package.
     * @param {(host: import("./events.js").EventsHost) => import("./events.js").Events} create
     */
    attach(create: (host: import("./events.js").EventsHost) => import("./events.js").Events): import("./events.js").Events;
    /** Ends everything. */
    close(): void;
    /** How everything is, to look at. Its form may change. */
    debug(): {
        connection: import("./types.js").ConnectionStatus;
        error: import("./errors.js").KalamError | null;
        user: string | null;
        tab: string;
        sharing: "alone" | "leader" | "follower";
        seq: string | null;
        lagMs: number | null;
        connectedMs: number | null;
        queries: {
            sql: string;
            state: import("./transitions.js").State;
            rows: number;
            seq: string | null;
            cursor: import("./types.js").Cursor | null;
            listeners: number;
            id: string | null;
        }[];
    };
    #private;
}
export type KalamOptions = import("./types.js").KalamOptions;
export type QueryOptions = import("./types.js").QueryOptions;
export type ConnectionStatus = import("./types.js").ConnectionStatus;
export type Transaction = import("./types.js").Transaction;
export type RowChange = import("./types.js").RowChange;
export type Cursor = import("./types.js").Cursor;
export type AnyRow = import("./types.js").AnyRow;
export type LiveState<R extends object = import("./types.js").AnyRow> = import("./types.js").LiveState<R>;
import type { Readable } from "./types.js";
import { LiveQuery } from "./live-query.js";
import type { TableName } from "../types/tables.js";
import type { KalamTables } from "../types/tables.js";
import type { Unlisted } from "../types/tables.js";
import type { NameOf } from "../types/tables.js";
import type { RowOf } from "../types/tables.js";
import type { AuthEvent } from "./types.js";
