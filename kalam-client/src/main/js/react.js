/**
 * Kalam's hooks for React. They need no suspense and no effect of the page's own: a component shows what a query has, and
 * is drawn again when that changes.
 *
 * @import { KalamTables, NameOf, RowOf, TableName, Unlisted } from "../types/tables.js"
 * @import { AnyRow, LiveState, QueryOptions } from "./types.js"
 * @import { Kalam } from "./kalam.js"
 * @import { PresenceOptions } from "./presence.js"
 */
import { createContext, createElement, useCallback, useContext, useEffect, useMemo, useSyncExternalStore } from "react";
import { INITIAL } from "./active.js";
import { presence } from "./presence.js";

const KalamContext = createContext(/** @type {Kalam | null} */ (null));

/**
 * Gives the components below it their client.
 * @param {{ kalam: Kalam, children?: import("react").ReactNode }} props
 */
export function KalamProvider({ kalam, children }) {
	return createElement(KalamContext.Provider, { value: kalam }, children);
}

/** The client of the nearest `KalamProvider`. */
export function useKalam() {
	const kalam = useContext(KalamContext);
	if (!kalam) {
		throw new Error("There is no <KalamProvider kalam={…}> around this component.");
	}
	return kalam;
}

/**
 * The rows of a live query. Its options may be written in place: what counts is what they say.
 * @template {object} [R=AnyRow]
 * @param {string} sql
 * @param {QueryOptions} [options]
 * @returns {LiveState<R>}
 */
export function useLiveQuery(sql, options) {
	const kalam = useKalam();
	const told = JSON.stringify(options ?? {});
	const query = useMemo(() => /** @type {import("./live-query.js").LiveQuery<R>} */ (kalam.live(sql, JSON.parse(told))), [kalam, sql, told]);
	return useSyncExternalStore(query.subscribe, query.getSnapshot, initial);
}

/**
 * The rows of a table. Of one in `KalamTables` it is known what they are.
 * @template {TableName} N
 * @overload
 * @param {N} table
 * @param {QueryOptions} [options]
 * @returns {LiveState<KalamTables[N]>}
 */
/**
 * The rows of a table.
 * @template {object} [R=Unlisted]
 * @overload
 * @param {NameOf<R>} table
 * @param {QueryOptions} [options]
 * @returns {LiveState<RowOf<R>>}
 */
/**
 * @param {string} table
 * @param {QueryOptions} [options]
 * @returns {LiveState<any>}
 */
export function useRealtimeTable(table, options) {
	const kalam = useKalam();
	return useLiveQuery(useMemo(() => kalam.table(table).sql, [kalam, table]), options);
}

/** How the connection is. */
export function useConnection() {
	const { connection } = useKalam();
	return useSyncExternalStore(useCallback((/** @type {() => void} */ listener) => connection.subscribe(listener), [connection]), connection.getSnapshot, () => /** @type {const} */ ("idle"));
}

/** What a server renders. */
const initial = () => INITIAL;

/**
 * Who is in a place, oneself included for as long as the component is there.
 * @template {object} [R=AnyRow]
 * @param {string} place
 * @param {PresenceOptions} [options]
 * @returns {LiveState<R>}
 */
export function usePresence(place, { table, row } = {}) {
	const kalam = useKalam();
	const said = JSON.stringify(row ?? {});
	const here = useMemo(() => /** @type {import("./presence.js").Presence<R>} */ (presence(kalam, place, { table })), [kalam, place, table]);
	useEffect(() => here.set(JSON.parse(said)), [here, said]);
	return useSyncExternalStore(here.subscribe, here.getSnapshot, initial);
}
