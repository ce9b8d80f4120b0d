/**
 * The types that the modules share. There is nothing here at run time.
 *
 * @typedef {'login' | 'logout' | 'refresh'} AuthEvent
 * @typedef {'connect' | 'refresh' | 'rejected'} TokenReason
 * @typedef {'idle' | 'connecting' | 'connected' | 'waiting' | 'offline' | 'needs-auth' | 'closed'} ConnectionStatus
 * @typedef {'idle' | 'loading' | 'live' | 'stale' | 'resyncing' | 'denied' | 'error'} LiveStatus
 * @typedef {Record<string, any>} AnyRow
 * @typedef {string | number | boolean | null} Scalar
 * @typedef {Scalar | readonly (Scalar | readonly Scalar[])[]} Param
 *
 * @typedef {object} QueryOptions
 * @property {readonly Param[]} [params] the values of `$1`, `$2`, … in the SQL
 * @property {number} [lastRows] only so many of the newest rows
 * @property {number} [batchSize] rows in a batch of the snapshot, 1 to 1000
 * @property {'all' | 'latest'} [deliver] what is told of changes that wait because the page or the network is slow: each of
 * them (`all`, as if nothing is said), or of each row the last
 * @property {boolean} [progressive] show the rows of the first snapshot while it is still coming in
 * @property {string} [orderBy] columns to sort by, such as `"priority desc, id"`. Without it, rows have the order of the
 * snapshot, and new ones come last
 *
 * @typedef {object} KalamOptions
 * @property {string} [url] where the server is; the page's own origin and `/v1/ws` by default
 * @property {(context: { reason: TokenReason }) => Promise<string> | string} getToken gives the user's JWT: the one at
 * hand for `connect`, a new one for `refresh` and `rejected`
 * @property {false | 'indexeddb'} [persist] keep rows across reloads; `false` by default
 * @property {boolean} [share] one socket for all tabs; `true` by default, where the browser can
 * @property {typeof WebSocket} [WebSocket]
 * @property {Clock} [clock]
 * @property {() => number} [random]
 * @property {Logger} [logger]
 * @property {Partial<Environment>} [environment] what else of a browser the client uses; for tests
 *
 * @typedef {object} Clock
 * @property {() => number} now milliseconds that only ever go forward
 * @property {(run: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 *
 * @typedef {object} Logger
 * @property {(...message: any[]) => void} warn
 *
 * @typedef {object} Page
 * @property {() => boolean} hidden
 * @property {() => boolean} online
 * @property {(event: PageEvent, run: (event: any) => void) => () => void} on returns what removes the listener
 *
 * @typedef {'online' | 'offline' | 'pagehide' | 'pageshow' | 'visibilitychange' | 'resume'} PageEvent
 *
 * @typedef {object} Environment
 * @property {typeof WebSocket | undefined} WebSocket
 * @property {Clock} clock
 * @property {() => number} random
 * @property {Logger} logger
 * @property {Page} page
 * @property {IDBFactory | undefined} indexedDB
 * @property {LockManager | undefined} locks
 * @property {typeof BroadcastChannel | undefined} BroadcastChannel
 * @property {SubtleCrypto | undefined} subtle
 *
 * @typedef {{ seq: string, epoch: string }} Cursor
 *
 * @typedef {object} Query
 * @property {string} key what tells one query from another
 * @property {string} sql
 * @property {readonly Param[]} params
 * @property {number | null} lastRows
 * @property {number | undefined} [batchSize]
 * @property {string | undefined} [deliver]
 * @property {boolean} progressive
 * @property {string | null} orderBy
 *
 * @typedef {{ op: 'insert' | 'update' | 'delete' | 'truncate', row?: AnyRow, old?: AnyRow }} RowChange
 * @typedef {RowChange & { subscription_id: string }} FrameChange
 *
 * @typedef {object} Transaction a commit, as one query saw it
 * @property {string} seq
 * @property {string | null} commitTime
 * @property {readonly RowChange[]} changes
 * @property {number} folded how many changes were left out, because there were later ones of the same rows
 *
 * @typedef {{ name: string, data_type: any, pg_type?: string }} Column
 * @typedef {{ type: 'auth_success', user: string, role?: string, version?: number, server_time?: string, expires_at?: string,
 *   protocol?: { transactions?: boolean } }} AuthSuccessFrame
 * @typedef {{ type: 'auth_error', message?: string }} AuthErrorFrame
 * @typedef {{ type: 'subscription_ack', subscription_id: string, schema: Column[], key: string[], epoch: string,
 *   resumed?: boolean, batch_control: { has_more: boolean } }} AckFrame
 * @typedef {{ type: 'initial_data_batch', subscription_id: string, rows: AnyRow[],
 *   batch_control: { batch_num: number, has_more: boolean, snapshot_end_seq: string } }} BatchFrame
 * @typedef {{ type: 'transaction', subscription_id?: string, seq: string, prev: string | null, last: boolean,
 *   commit_time?: string, changes: FrameChange[], folded?: Record<string, number> }} TransactionFrame
 * @typedef {{ type: 'mark', subscription_id?: string, seq: string, prev: string | null, server_time?: string }} MarkFrame
 * @typedef {{ type: 'reset', subscription_id: string, reason?: string, purge?: boolean }} ResetFrame
 * @typedef {{ type: 'error', subscription_id?: string, publish_id?: string, code: string, message?: string }} ErrorFrame
 * @typedef {{ type: 'published' | 'released', id: string }} EventFrame
 * @typedef {{ type: 'goaway', retry_after_ms?: number }} GoawayFrame
 * @typedef {{ type: 'pong', server_time?: string }} PongFrame
 * @typedef {AuthSuccessFrame | AuthErrorFrame | AckFrame | BatchFrame | TransactionFrame | MarkFrame | ResetFrame
 *   | ErrorFrame | EventFrame | GoawayFrame | PongFrame} Frame
 *
 * @typedef {{ user: string, serverTime: number | null, at: number }} Session who the server says that we are
 *
 * @typedef {object} LineListener what hears of the line to the server
 * @property {(status: ConnectionStatus, error: PlainError) => void} status
 * @property {(session: Session) => void} up
 * @property {() => void} down
 * @property {() => void} renewed the server has taken a new token of the same user
 * @property {(frame: Frame) => void} frame
 *
 * @typedef {object} Line the way to the server, of this tab alone or shared with others
 * @property {'alone' | 'leader' | 'follower'} role
 * @property {() => void} start
 * @property {(status: ConnectionStatus, error?: PlainError) => void} stop
 * @property {(message: object) => void} send
 * @property {(settled: boolean) => void} settled whether everything is live
 * @property {() => void} renew authenticates anew, in place
 * @property {() => void} logout tells other tabs that the user has signed out
 *
 * @typedef {{ code: string, message: string } | null} PlainError an error, a `KalamError` or as one tab tells it to another
 *
 * @typedef {{ kind: 'hello' | 'bye' | 'probe' | 'renew', tab: string }
 *   | { kind: 'send', tab: string, term: number, message: any }} CrewMessage what the leader does for another tab
 * @typedef {CrewMessage | { kind: 'logout', tab: string }
 *   | { kind: 'outranked', tab: string, term: number, to: string }} FollowerMessage
 * @typedef {{ tab: string, term: number, to?: string } & ({ kind: 'lead' | 'alive' | 'down' | 'renewed' }
 *   | { kind: 'status', status: ConnectionStatus, error: PlainError }
 *   | { kind: 'up', session: { user: string, serverTime: number | null, age: number } }
 *   | { kind: 'frame', frame: Frame })} LeaderMessage
 */

/**
 * @template {object} [R=AnyRow]
 * @typedef {object} LiveState
 * @property {readonly R[]} data the rows; those that have not changed are the same objects as before
 * @property {boolean} loading whether there is nothing to show yet; goes from `true` to `false` once
 * @property {import('./errors.js').KalamError | null} error
 * @property {boolean} stale whether the rows may be older than those of the server
 * @property {LiveStatus} status
 * @property {'none' | 'cache' | 'server'} source
 * @property {string | null} seq the commit that the rows are of
 */

/**
 * @template T
 * @typedef {object} Readable
 * @property {() => T} getSnapshot
 * @property {(listener: () => void) => () => void} subscribe returns what ends it
 */

export {};
