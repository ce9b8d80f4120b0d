/**
 * The types that the modules share. There is nothing here at run time.
 */
export type AuthEvent = "login" | "logout" | "refresh";
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type TokenReason = "connect" | "refresh" | "rejected";
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type ConnectionStatus = "idle" | "connecting" | "connected" | "waiting" | "offline" | "needs-auth" | "closed";
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type LiveStatus = "idle" | "loading" | "live" | "stale" | "resyncing" | "denied" | "error";
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type AnyRow = Record<string, any>;
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type Scalar = string | number | boolean | null;
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type Param = Scalar | readonly (Scalar | readonly Scalar[])[];
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type QueryOptions = {
    /**
     * the values of `$1`, `$2`, … in the SQL
     */
    params?: readonly Param[] | undefined;
    /**
     * only so many of the newest rows
     */
    lastRows?: number | undefined;
    /**
     * rows in a batch of the snapshot, 1 to 1000
     */
    batchSize?: number | undefined;
    /**
     * what is told of changes that wait because the page or the network is slow: each of
     * them (`all`, as if nothing is said), or of each row the last
     */
    deliver?: "all" | "latest" | undefined;
    /**
     * show the rows of the first snapshot while it is still coming in
     */
    progressive?: boolean | undefined;
    /**
     * columns to sort by, such as `"priority desc, id"`. Without it, rows have the order of the
     * snapshot, and new ones come last
     */
    orderBy?: string | undefined;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type KalamOptions = {
    /**
     * where the server is; the page's own origin and `/v1/ws` by default
     */
    url?: string | undefined;
    /**
     * gives the user's JWT: the one at
     * hand for `connect`, a new one for `refresh` and `rejected`
     */
    getToken: (context: {
        reason: TokenReason;
    }) => Promise<string> | string;
    /**
     * keep rows across reloads; `false` by default
     */
    persist?: false | "indexeddb" | undefined;
    /**
     * one socket for all tabs; `true` by default, where the browser can
     */
    share?: boolean | undefined;
    WebSocket?: {
        new (url: string | URL, protocols?: string | string[]): WebSocket;
        prototype: WebSocket;
        readonly CONNECTING: 0;
        readonly OPEN: 1;
        readonly CLOSING: 2;
        readonly CLOSED: 3;
    } | undefined;
    clock?: Clock | undefined;
    random?: (() => number) | undefined;
    logger?: Logger | undefined;
    /**
     * what else of a browser the client uses; for tests
     */
    environment?: Partial<Environment> | undefined;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type Clock = {
    /**
     * milliseconds that only ever go forward
     */
    now: () => number;
    setTimeout: (run: () => void, ms: number) => any;
    clearTimeout: (timer: any) => void;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type Logger = {
    warn: (...message: any[]) => void;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type Page = {
    hidden: () => boolean;
    online: () => boolean;
    /**
     * returns what removes the listener
     */
    on: (event: PageEvent, run: (event: any) => void) => () => void;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type PageEvent = "online" | "offline" | "pagehide" | "pageshow" | "visibilitychange" | "resume";
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type Environment = {
    WebSocket: typeof WebSocket | undefined;
    clock: Clock;
    random: () => number;
    logger: Logger;
    page: Page;
    indexedDB: IDBFactory | undefined;
    locks: LockManager | undefined;
    BroadcastChannel: typeof BroadcastChannel | undefined;
    subtle: SubtleCrypto | undefined;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type Cursor = {
    seq: string;
    epoch: string;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type Query = {
    /**
     * what tells one query from another
     */
    key: string;
    sql: string;
    params: readonly Param[];
    lastRows: number | null;
    batchSize?: number | undefined;
    deliver?: string | undefined;
    progressive: boolean;
    orderBy: string | null;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type RowChange = {
    op: "insert" | "update" | "delete" | "truncate";
    row?: AnyRow;
    old?: AnyRow;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type FrameChange = RowChange & {
    subscription_id: string;
};
/**
 * a commit, as one query saw it
 */
export type Transaction = {
    seq: string;
    commitTime: string | null;
    changes: readonly RowChange[];
    /**
     * how many changes were left out, because there were later ones of the same rows
     */
    folded: number;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type Column = {
    name: string;
    data_type: any;
    pg_type?: string;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type AuthSuccessFrame = {
    type: "auth_success";
    user: string;
    role?: string;
    version?: number;
    server_time?: string;
    expires_at?: string;
    protocol?: {
        transactions?: boolean;
    };
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type AuthErrorFrame = {
    type: "auth_error";
    message?: string;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type AckFrame = {
    type: "subscription_ack";
    subscription_id: string;
    schema: Column[];
    key: string[];
    epoch: string;
    resumed?: boolean;
    batch_control: {
        has_more: boolean;
    };
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type BatchFrame = {
    type: "initial_data_batch";
    subscription_id: string;
    rows: AnyRow[];
    batch_control: {
        batch_num: number;
        has_more: boolean;
        snapshot_end_seq: string;
    };
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type TransactionFrame = {
    type: "transaction";
    subscription_id?: string;
    seq: string;
    prev: string | null;
    last: boolean;
    commit_time?: string;
    changes: FrameChange[];
    folded?: Record<string, number>;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type MarkFrame = {
    type: "mark";
    subscription_id?: string;
    seq: string;
    prev: string | null;
    server_time?: string;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type ResetFrame = {
    type: "reset";
    subscription_id: string;
    reason?: string;
    purge?: boolean;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type ErrorFrame = {
    type: "error";
    subscription_id?: string;
    publish_id?: string;
    code: string;
    message?: string;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type EventFrame = {
    type: "published" | "released";
    id: string;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type GoawayFrame = {
    type: "goaway";
    retry_after_ms?: number;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type PongFrame = {
    type: "pong";
    server_time?: string;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type Frame = AuthSuccessFrame | AuthErrorFrame | AckFrame | BatchFrame | TransactionFrame | MarkFrame | ResetFrame | ErrorFrame | EventFrame | GoawayFrame | PongFrame;
/**
 * who the server says that we are
 */
export type Session = {
    user: string;
    serverTime: number | null;
    at: number;
};
/**
 * what hears of the line to the server
 */
export type LineListener = {
    status: (status: ConnectionStatus, error: PlainError) => void;
    up: (session: Session) => void;
    down: () => void;
    /**
     * the server has taken a new token of the same user
     */
    renewed: () => void;
    frame: (frame: Frame) => void;
};
/**
 * the way to the server, of this tab alone or shared with others
 */
export type Line = {
    role: "alone" | "leader" | "follower";
    start: () => void;
    stop: (status: ConnectionStatus, error?: PlainError) => void;
    send: (message: object) => void;
    /**
     * whether everything is live
     */
    settled: (settled: boolean) => void;
    /**
     * authenticates anew, in place
     */
    renew: () => void;
    /**
     * tells other tabs that the user has signed out
     */
    logout: () => void;
};
/**
 * an error, a `KalamError` or as one tab tells it to another
 */
export type PlainError = {
    code: string;
    message: string;
} | null;
/**
 * what the leader does for another tab
 */
export type CrewMessage = {
    kind: "hello" | "bye" | "probe" | "renew";
    tab: string;
} | {
    kind: "send";
    tab: string;
    term: number;
    message: any;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type FollowerMessage = CrewMessage | {
    kind: "logout";
    tab: string;
} | {
    kind: "outranked";
    tab: string;
    term: number;
    to: string;
};
/**
 * The types that the modules share. There is nothing here at run time.
 */
export type LeaderMessage = {
    tab: string;
    term: number;
    to?: string;
} & ({
    kind: "lead" | "alive" | "down" | "renewed";
} | {
    kind: "status";
    status: ConnectionStatus;
    error: PlainError;
} | {
    kind: "up";
    session: {
        user: string;
        serverTime: number | null;
        age: number;
    };
} | {
    kind: "frame";
    frame: Frame;
});
export type LiveState<R extends object = AnyRow> = {
    /**
     * the rows; those that have not changed are the same objects as before
     */
    data: readonly R[];
    /**
     * whether there is nothing to show yet; goes from `true` to `false` once
     */
    loading: boolean;
    error: import("./errors.js").KalamError | null;
    /**
     * whether the rows may be older than those of the server
     */
    stale: boolean;
    status: LiveStatus;
    source: "none" | "cache" | "server";
    /**
     * the commit that the rows are of
     */
    seq: string | null;
};
export type Readable<T> = {
    getSnapshot: () => T;
    /**
     * returns what ends it
     */
    subscribe: (listener: () => void) => () => void;
};
