export class Cache {
    /**
     * @param {Environment} environment
     * @param {string} url
     */
    constructor(environment: Environment, url: string);
    /**
     * Who the token says that the user is. Only a user whom the server has confirmed before is believed.
     * @param {string | null} identity
     */
    identified(identity: string | null): void;
    /**
     * Who the server says that the user is.
     * @param {string} user
     */
    signedIn(user: string): void;
    signedOut(): void;
    /**
     * @param {string} key of a query
     * @returns {Promise<Stored | null>} what there is, as soon as it is known whose it has to be
     */
    load(key: string): Promise<Stored | null>;
    /**
     * @param {string} key of a query
     * @param {Rows} rows
     * @param {Cursor | null} cursor of exactly these rows
     * @returns {Promise<unknown>}
     */
    save(key: string, rows: Rows, cursor: Cursor | null): Promise<unknown>;
    /** @param {string} key of a query */
    erase(key: string): Promise<void | null> | undefined;
    clear(): Promise<void | null>;
    #private;
}
import type { Stored } from "./transitions.js";
import type { Rows } from "./rows.js";
import type { Cursor } from "./types.js";
import type { Environment } from "./types.js";
