/**
 * The types of the application's realtime tables. Written by hand, unlike its neighbours: an interface that others add to
 * can't be said in JSDoc.
 */
/**
 * The rows of the realtime tables, by the names that `kalam.table()` and `useRealtimeTable()` take. Empty, until the file
 * that the server writes says what there is:
 *
 * ```ts
 * declare module "kalam-client/tables" {
 *   interface KalamTables {
 *     tickets: Ticket;
 *   }
 * }
 * ```
 */
export interface KalamTables {}

/** The name of a realtime table. */
export type TableName = keyof KalamTables & string;

declare const unlisted: unique symbol;

/** Stands for rows of which nobody has said what they are. */
export interface Unlisted {
	readonly [unlisted]: never;
}

/** What rows are of which `R` was said; of those of which nothing was said, anything. */
export type RowOf<R extends object> = [R] extends [Unlisted] ? Record<string, any> : R;

/** Any name if it is said what its rows are, or if no table is known; else one that is known. */
export type NameOf<R> = [TableName] extends [never] ? string : [R] extends [Unlisted] ? TableName : string;
