/**
 * Kalam's client: live queries over one socket.
 *
 * ```js
 * const kalam = createKalam({ getToken: () => session.token() });
 * const tickets = kalam.live("SELECT id, title FROM tickets WHERE status = $1", { params: ["open"], orderBy: "id" });
 * tickets.subscribe(() => show(tickets.getSnapshot().data));
 * ```
 *
 * @import { KalamTables, NameOf, RowOf, TableName, Unlisted } from "../types/tables.js"
 * @import { AuthEvent, Readable } from "./types.js"
 */
import { Client } from "./client.js";
import { environment, resolveUrl } from "./environment.js";
import { LiveQuery, queryOf, selectFrom } from "./live-query.js";

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
	/** @type {Client | null} */
	#client = null;
	#options;

	/** @param {KalamOptions} options */
	constructor(options) {
		if (typeof options?.getToken !== "function") {
			throw new TypeError("createKalam wants { getToken: () => Promise<string> }.");
		}
		this.#options = options;
		/** How the connection is. @type {Readable<ConnectionStatus>} @readonly */
		this.connection = {
			getSnapshot: () => this.#client?.connection ?? "idle",
			subscribe: (listener) => {
				const { connectionListeners } = this.#connected();
				const own = () => listener();
				connectionListeners.add(own);
				return () => void connectionListeners.delete(own);
			},
		};
	}

	/** What is wrong with the connection, if something is. */
	get error() {
		return this.#client?.error ?? null;
	}

	/**
	 * A live query. Equal queries share one subscription.
	 * @template {object} [R=AnyRow]
	 * @param {string} sql
	 * @param {QueryOptions} [options]
	 * @returns {LiveQuery<R>}
	 */
	live(sql, options) {
		return new LiveQuery(this.#connected(), queryOf(sql, options));
	}

	/**
	 * All rows of a table that the user may read. Of a table in `KalamTables` it is known what they are.
	 * @template {TableName} N
	 * @overload
	 * @param {N} name
	 * @param {QueryOptions} [options]
	 * @returns {LiveQuery<KalamTables[N]>}
	 */
	/**
	 * All rows of a table that the user may read.
	 * @template {object} [R=Unlisted]
	 * @overload
	 * @param {NameOf<R>} name
	 * @param {QueryOptions} [options]
	 * @returns {LiveQuery<RowOf<R>>}
	 */
	/**
	 * @param {string} name
	 * @param {QueryOptions} [options]
	 * @returns {LiveQuery<any>}
	 */
	table(name, options) {
		return this.live(selectFrom(name), options);
	}

	/**
	 * Says that the user has signed in (as somebody else, perhaps), has signed out, or may do other things than before.
	 * @param {AuthEvent} event
	 */
	setAuth(event) {
		this.#connected().setAuth(event);
	}

	/**
	 * For the modules of this package.
	 * @param {(host: import("./events.js").EventsHost) => import("./events.js").Events} create
	 */
	attach(create) {
		return this.#connected().attach(create);
	}

	/** Ends everything. */
	close() {
		this.#connected().close();
	}

	/** How everything is, to look at. Its form may change. */
	debug() {
		return this.#connected().debug();
	}

	#connected() {
		this.#client ??= new Client(this.#options, environment(this.#options), this.#url());
		return this.#client;
	}

	#url() {
		return "location" in globalThis || this.#options.url ? resolveUrl(this.#options.url) : "";
	}
}

/**
 * @param {KalamOptions} options
 * @returns {Kalam}
 */
export function createKalam(options) {
	return new Kalam(options);
}
