export class Connection {
    /**
     * @param {KalamOptions} options
     * @param {Environment} environment
     * @param {string} url
     */
    constructor(options: KalamOptions, environment: Environment, url: string);
    /** @type {ConnectionStatus} */
    connection: ConnectionStatus;
    /** @type {KalamError | null} */
    error: KalamError | null;
    /** @type {Set<() => void>} */
    connectionListeners: Set<() => void>;
    /** What tells events, if the page does. @protected @type {Events | null} */
    protected events: Events | null;
    /** @protected @type {Line | null} */
    protected line: Line | null;
    /** @protected */
    protected authChanged: boolean;
    clock: import("./types.js").Clock;
    /** @protected */
    protected persists: boolean;
    /** @protected */
    protected tokens: Tokens;
    tab: string;
    /** @type {Queries} */
    queries: Queries;
    /**
     * @param {ConnectionStatus} status
     * @param {PlainError} error
     */
    status(status: ConnectionStatus, error: PlainError): void;
    /** @param {Session} session */
    up(session: Session): void;
    down(): void;
    renewed(): void;
    /** Somebody has signed out in another tab. */
    loggedOut(): void;
    /** @param {object} message */
    send(message: object): void;
    /** @param {Frame} frame */
    frame(frame: Frame): void;
    /**
     * Looks for stored rows, as soon as that can be done.
     * @param {ActiveQuery} active
     */
    hydrate(active: ActiveQuery): void;
    /** @protected */
    protected begin(): Promise<void>;
    /**
     * Gives the line up.
     * @protected
     * @param {ConnectionStatus} status
     * @param {KalamError | null} error
     */
    protected abandon(status: ConnectionStatus, error: KalamError | null): void;
    /** @protected */
    protected forgetAll(): void;
    /** @protected */
    protected saveAll(): void;
    /** @protected @param {() => void} run */
    protected batch(run: () => void): void;
    /** What keeps rows, once it is loaded. */
    get keeper(): import("./keeper.js").Keeper | null;
    #private;
}
import type { ConnectionStatus } from "./types.js";
import { KalamError } from "./errors.js";
import type { Events } from "./events.js";
import type { Line } from "./types.js";
import { Tokens } from "./auth.js";
import { Queries } from "./queries.js";
import type { PlainError } from "./types.js";
import type { Session } from "./types.js";
import type { Frame } from "./types.js";
import type { ActiveQuery } from "./active.js";
import type { KalamOptions } from "./types.js";
import type { Environment } from "./types.js";
