/**
 * A TanStack DB collection that follows a live query. Imports nothing of TanStack DB: it is told how to write.
 *
 * ```js
 * const tickets = createCollection(kalamCollectionOptions({ kalam, table: "tickets", getKey: (row) => row.id }));
 * ```
 *
 * @import { AnyRow, QueryOptions, RowChange } from "./types.js"
 * @import { Kalam } from "./kalam.js"
 */
import { equal } from "./equal.js";

/**
 * @template {object} R
 * @typedef {object} CollectionOptions
 * @property {Kalam} kalam
 * @property {string} [table] the table, or
 * @property {string} [sql] the query to follow
 * @property {QueryOptions} [options]
 * @property {(row: R) => string | number} getKey the row's key; the columns of the table's key have to decide it
 * @property {string} [id] the collection's name
 */

/**
 * @template {object} R
 * @typedef {object} Writer how a collection is written to
 * @property {() => void} begin
 * @property {(message: { type: 'insert' | 'update' | 'delete', value: R }) => void} write
 * @property {() => void} commit
 * @property {() => void} markReady
 */

/**
 * @template {object} [R=AnyRow]
 * @param {CollectionOptions<R>} options
 */
export function kalamCollectionOptions({ kalam, table, sql, options, getKey, id, ...others }) {
	const query = () => (sql !== undefined ? kalam.live(sql, options) : kalam.table(table ?? "", options));
	return {
		...others,
		id: id ?? `kalam:${sql ?? table}:${JSON.stringify(options ?? {})}`,
		getKey,
		sync: {
			rowUpdateMode: /** @type {const} */ ("full"),
			sync: (/** @type {Writer<R>} */ writer) => follow(/** @type {any} */ (query()), getKey, writer),
		},
		utils: { refresh: () => query().refresh() },
	};
}

/**
 * @template {object} R
 * @param {import("./live-query.js").LiveQuery<R>} query
 * @param {(row: R) => string | number} getKey
 * @param {Writer<R>} writer
 * @returns {() => void} what ends it
 */
function follow(query, getKey, writer) {
	/** @type {Map<string | number, R>} */
	const held = new Map();
	/** The rows that have been written. @type {readonly R[] | null} */
	let written = null;
	let ready = false;

	/** @param {Map<string | number, R | null>} rows what they are now; `null` for none */
	const write = (rows) => {
		const messages = [...rows].flatMap(([key, row]) => message(held, key, row));
		if (messages.length > 0) {
			writer.begin();
			messages.forEach((one) => writer.write(one));
			writer.commit();
		}
	};
	const end = [
		query.onTransaction(({ changes }) => {
			write(net(changes, held, getKey));
			written = query.getSnapshot().data;
		}),
		query.subscribe(() => look()),
	];
	const look = () => {
		const { data, loading } = query.getSnapshot();
		if (data !== written) {
			written = data;
			/** @type {Map<string | number, R | null>} */
			const rows = new Map([...held.keys()].map((key) => [key, null]));
			data.forEach((row) => rows.set(getKey(row), row));
			write(rows);
		}
		if (!loading && !ready) {
			ready = true;
			writer.markReady();
		}
	};
	look();
	return () => end.forEach((stop) => stop());
}

/**
 * What is left of a commit when all of its changes are made.
 * @template {object} R
 * @param {readonly RowChange[]} changes
 * @param {Map<string | number, R>} held
 * @param {(row: R) => string | number} getKey
 */
function net(changes, held, getKey) {
	/** @type {Map<string | number, R | null>} */
	const rows = new Map();
	for (const { op, row, old } of /** @type {readonly { op: string, row?: R, old?: R }[]} */ (changes)) {
		if (op === "truncate") {
			[...held.keys(), ...rows.keys()].forEach((key) => rows.set(key, null));
		} else if (old && op !== "insert") {
			rows.set(getKey(old), null);
		}
		if (row) {
			rows.set(getKey(row), row);
		}
	}
	return rows;
}

/**
 * @template {object} R
 * @param {Map<string | number, R>} held
 * @param {string | number} key
 * @param {R | null} row
 * @returns {{ type: 'insert' | 'update' | 'delete', value: R }[]}
 */
function message(held, key, row) {
	const before = held.get(key);
	if (row === null) {
		held.delete(key);
		return before ? [{ type: "delete", value: before }] : [];
	}
	held.set(key, row);
	if (!before) {
		return [{ type: "insert", value: row }];
	}
	return before === row || equal(before, row) ? [] : [{ type: "update", value: row }];
}
