/**
 * Gives the components below it their client.
 * @param {{ kalam: Kalam, children?: import("react").ReactNode }} props
 */
export function KalamProvider({ kalam, children }: {
    kalam: Kalam;
    children?: import("react").ReactNode;
}): import("react").FunctionComponentElement<import("react").ProviderProps<Kalam | null>>;
/** The client of the nearest `KalamProvider`. */
export function useKalam(): Kalam;
/**
 * The rows of a live query. Its options may be written in place: what counts is what they say.
 * @template {object} [R=AnyRow]
 * @param {string} sql
 * @param {QueryOptions} [options]
 * @returns {LiveState<R>}
 */
export function useLiveQuery<R extends object = AnyRow>(sql: string, options?: QueryOptions): LiveState<R>;
/**
 * The rows of a table.
 * @template {object} [R=AnyRow]
 * @param {string} table
 * @param {QueryOptions} [options]
 * @returns {LiveState<R>}
 */
export function useRealtimeTable<R extends object = AnyRow>(table: string, options?: QueryOptions): LiveState<R>;
/** How the connection is. */
export function useConnection(): import("./types.js").ConnectionStatus;
import type { Kalam } from "./kalam.js";
import type { AnyRow } from "./types.js";
import type { QueryOptions } from "./types.js";
import type { LiveState } from "./types.js";
