export class Opening {
    /**
     * @param {KalamOptions} options
     * @param {Environment} environment
     * @param {string} url
     * @param {Tokens} tokens
     * @param {string} tab
     * @param {(key: string) => Cursor | null} cursorOf the cursor of exactly the rows that a query has
     */
    constructor({ share }: KalamOptions, environment: Environment, url: string, tokens: Tokens, tab: string, cursorOf: (key: string) => Cursor | null);
    /** @type {Keeper | null} */
    keeper: Keeper | null;
    shares: boolean;
    /**
     * Who the user is, as far as the token tells.
     * @returns {Promise<string | null>}
     */
    identify(): Promise<string | null>;
    /**
     * @param {string | null} identity
     * @param {LineListener & { loggedOut: () => void }} listener
     * @returns {Promise<Line>}
     */
    line(identity: string | null, listener: LineListener & {
        loggedOut: () => void;
    }): Promise<Line>;
    /** What keeps rows; `null` if it can't be loaded. */
    keep(): Promise<Keeper | null>;
    /**
     * @template T
     * @param {() => Promise<T>} module
     * @returns {Promise<T | null>}
     */
    load<T>(module: () => Promise<T>): Promise<T | null>;
    #private;
}
import type { Keeper } from "./keeper.js";
import type { LineListener } from "./types.js";
import type { Line } from "./types.js";
import type { KalamOptions } from "./types.js";
import type { Environment } from "./types.js";
import type { Tokens } from "./auth.js";
import type { Cursor } from "./types.js";
