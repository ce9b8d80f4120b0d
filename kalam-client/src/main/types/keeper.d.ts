export class Keeper {
    /**
     * @param {Environment} environment
     * @param {string} url
     * @param {(active: ActiveQuery) => Cursor | null} cursorOf the cursor of exactly the rows that a query has
     */
    constructor(environment: Environment, url: string, cursorOf: (active: ActiveQuery) => Cursor | null);
    cache: Cache;
    /**
     * @param {ActiveQuery} active
     * @returns {Promise<Stored | null>}
     */
    load(active: ActiveQuery): Promise<Stored | null>;
    /** @param {ActiveQuery} active */
    saveLater(active: ActiveQuery): void;
    /**
     * Saves a query whose cursor is exact; others have nothing that could be continued.
     * @param {ActiveQuery} active
     */
    save(active: ActiveQuery): void;
    /** @param {ActiveQuery} active */
    erase(active: ActiveQuery): void;
    #private;
}
import { Cache } from "./cache.js";
import type { ActiveQuery } from "./active.js";
import type { Stored } from "./transitions.js";
import type { Environment } from "./types.js";
import type { Cursor } from "./types.js";
