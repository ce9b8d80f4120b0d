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
 * The rows of a table. Of one in `KalamTables` it is known what they are.
 * @template {TableName} N
 * @overload
 * @param {N} table
 * @param {QueryOptions} [options]
 * @returns {LiveState<KalamTables[N]>}
 */
export function useRealtimeTable<N extends TableName>(table: N, options?: QueryOptions | undefined): LiveState<KalamTables[N]>;
/**
 * The rows of a table.
 * @template {object} [R=Unlisted]
 * @overload
 * @param {NameOf<R>} table
 * @param {QueryOptions} [options]
 * @returns {LiveState<RowOf<R>>}
 */
export function useRealtimeTable<R extends object = Unlisted>(table: NameOf<R>, options?: QueryOptions | undefined): LiveState<RowOf<R>>;
/** How the connection is. */
export function useConnection(): import("./types.js").ConnectionStatus;
/**
 * Who is in a place, oneself included for as long as the component is there.
 * @template {object} [R=AnyRow]
 * @param {string} place
 * @param {PresenceOptions} [options]
 * @returns {LiveState<R>}
 */
export function usePresence<R extends object = AnyRow>(place: string, { table, row }?: PresenceOptions): LiveState<R>;
import type { Kalam } from "./kalam.js";
import type { AnyRow } from "./types.js";
import type { QueryOptions } from "./types.js";
import type { LiveState } from "./types.js";
import type { TableName } from "../types/tables.js";
import type { KalamTables } from "../types/tables.js";
import type { Unlisted } from "../types/tables.js";
import type { NameOf } from "../types/tables.js";
import type { RowOf } from "../types/tables.js";
import type { PresenceOptions } from "./presence.js";
