/** What a query shows before anybody listens to it. @type {LiveState<any>} */
export const INITIAL: LiveState<any>;
export class ActiveQuery {
    /** @param {Query} query */
    constructor(query: Query);
    /** @type {Set<() => void>} */
    listeners: Set<() => void>;
    /** @type {Set<(transaction: Transaction) => void>} */
    transactionListeners: Set<(transaction: Transaction) => void>;
    /** Its id on the wire, a new one for each attempt, so that frames of an older one are strays. @type {string | null} */
    wireId: string | null;
    /** @type {Record<'linger' | 'retry' | 'calm', any>} */
    timers: Record<"linger" | "retry" | "calm", any>;
    query: Query;
    subscription: Subscription;
    get isWanted(): boolean;
    /**
     * Looks at what is to be shown.
     * @param {KalamError | null} connectionError one that will not pass by itself
     * @returns {boolean} whether that has changed
     */
    look(connectionError: KalamError | null): boolean;
    /**
     * What is shown. Made when somebody looks: who draws once a frame has the rows copied once a frame.
     * @returns {LiveState<any>}
     */
    get state(): LiveState<any>;
    #private;
}
import type { LiveState } from "./types.js";
import type { Transaction } from "./types.js";
import type { Query } from "./types.js";
import { Subscription } from "./subscription.js";
import type { KalamError } from "./errors.js";
