export class Turn {
    /**
     * @param {Environment} environment
     * @param {() => KalamError | null} end called when all is done; what is wrong with the connection for good
     */
    constructor(environment: Environment, end: () => KalamError | null);
    /** @param {ActiveQuery} active */
    changed(active: ActiveQuery): void;
    /**
     * @param {ActiveQuery} active
     * @param {Transaction} transaction
     */
    told(active: ActiveQuery, transaction: Transaction): void;
    /**
     * Does something, and tells everybody unless it is part of something larger.
     * @param {() => void} work
     */
    run(work: () => void): void;
    /**
     * Calls listeners, none of which can take it from the others.
     * @param {(() => void)[]} listeners
     */
    call(listeners: (() => void)[]): void;
    #private;
}
import type { ActiveQuery } from "./active.js";
import type { Transaction } from "./types.js";
import type { Environment } from "./types.js";
import type { KalamError } from "./errors.js";
