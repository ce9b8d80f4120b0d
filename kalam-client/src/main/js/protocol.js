/**
 * The codec: what goes over the wire, and what comes back checked. Names on the wire live here and in `types.js` only.
 * @import { Cursor, Frame, Query } from "./types.js"
 */
import { KalamError } from "./errors.js";

export const VERSION = 1;

export const UPGRADE = "Load /kalam/kalam.js from that server, or install kalam-client in its version.";

/** The most that a server takes as one message, in bytes. */
const MAX_MESSAGE = 64 * 1024;

/** The codes with which a server closes a socket for a reason. */
export const CLOSED_MALFORMED = 4400;
export const CLOSED_UNAUTHENTICATED = 4401;
export const CLOSED_FORBIDDEN = 4403;
export const CLOSED_RATE_LIMIT = 4429;
export const CLOSED_TOO_LARGE = 1009;

/** @param {string} token */
export function authenticate(token) {
	return {
		type: "authenticate",
		method: "jwt",
		token,
		protocol: { serialization: "json", compression: "none", transactions: true },
	};
}

/**
 * @param {string} id
 * @param {Query} query
 * @param {Cursor | null} cursor
 */
export function subscribe(id, query, cursor) {
	const options = {
		params: query.params.length ? query.params : undefined,
		last_rows: query.lastRows || undefined,
		batch_size: query.batchSize,
		deliver: query.deliver,
		from: cursor?.seq,
		epoch: cursor?.epoch,
		on_expired: cursor ? "snapshot" : undefined,
	};
	return { type: "subscribe", subscription: { id, sql: query.sql, options } };
}

/** @param {string} id */
export const unsubscribe = (id) => ({ type: "unsubscribe", subscription_id: id });

export const ping = () => ({ type: "ping" });

/**
 * Whether a server would take a message.
 * @param {object} message
 */
export function fits(message) {
	return new TextEncoder().encode(JSON.stringify(message)).length <= MAX_MESSAGE;
}

/** @typedef {(value: any) => boolean} Check */

/** @type {Check} */
const text = (value) => typeof value === "string";
/** @type {Check} */
const seq = (value) => text(value) && /^\d{1,19}$/.test(value);
/** @type {Check} */
const object = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @type {Check} */
const flag = (value) => typeof value === "boolean";
/** @type {Check} */
const count = (value) => Number.isInteger(value) && value >= 0;
/** @type {(check: Check) => Check} */
const optional = (check) => (value) => value === undefined || value === null || check(value);
/** @type {(check: Check) => Check} */
const listOf = (check) => (value) => Array.isArray(value) && value.every(check);
/** @type {(fields: Record<string, Check>) => Check} */
const shape = (fields) => {
	const checks = Object.entries(fields);
	return (value) => object(value) && checks.every(([name, check]) => check(value[name]));
};

/** @type {Check} */
const change = (value) => object(value) && text(value.subscription_id) && hasRows(value);

/** @param {any} value */
function hasRows({ op, row, old }) {
	switch (op) {
		case "insert":
			return object(row);
		case "update":
			return object(row) && optional(object)(old);
		case "delete":
			return object(old);
		default:
			return op === "truncate";
	}
}

/** @type {Record<string, Check>} */
const FRAMES = {
	auth_success: shape({ user: text, protocol: optional(object) }),
	auth_error: shape({}),
	subscription_ack: shape({
		subscription_id: text,
		key: listOf(text),
		schema: listOf(shape({ name: text })),
		epoch: text,
		batch_control: shape({ has_more: flag }),
	}),
	initial_data_batch: shape({
		subscription_id: text,
		rows: listOf(object),
		batch_control: shape({ batch_num: count, has_more: flag, snapshot_end_seq: seq }),
	}),
	transaction: shape({
		subscription_id: optional(text),
		seq,
		prev: optional(seq),
		last: flag,
		changes: listOf(change),
	}),
	mark: shape({ subscription_id: optional(text), seq, prev: optional(seq) }),
	reset: shape({ subscription_id: text, purge: optional(flag) }),
	published: shape({ id: text }),
	released: shape({ id: text }),
	error: shape({ subscription_id: optional(text), publish_id: optional(text), code: text, message: optional(text) }),
	goaway: shape({ retry_after_ms: optional(count) }),
	pong: shape({}),
};

/**
 * Reads a message of the server.
 * @param {unknown} data
 * @returns {Frame | null} the frame, or `null` if it is of a type that this client does not know
 * @throws {KalamError} `PROTOCOL` if it is not what the protocol says
 */
export function decode(data) {
	const frame = parse(data);
	if (!object(frame) || !text(frame.type)) {
		throw malformed("a message that is no JSON object with a type");
	}
	if (!Object.hasOwn(FRAMES, frame.type)) {
		return null;
	}
	if (!FRAMES[frame.type]?.(frame)) {
		throw malformed(`a malformed ${frame.type}`);
	}
	return frame;
}

/** @param {unknown} data */
function parse(data) {
	try {
		return typeof data === "string" ? JSON.parse(data) : null;
	} catch {
		return null;
	}
}

/** @param {string} what */
function malformed(what) {
	return new KalamError("PROTOCOL", `The server sent ${what}. ${UPGRADE}`);
}

/**
 * Reads a time of the server.
 * @param {unknown} text
 * @returns {number | null} in milliseconds; `null` if it is none
 */
export function instant(text) {
	const time = typeof text === "string" ? Date.parse(text) : NaN;
	return Number.isNaN(time) ? null : time;
}

/**
 * Compares sequences, which are numbers of any length in decimal digits.
 * @param {string} a
 * @param {string} b
 */
export function compareSeq(a, b) {
	return a.length - b.length || (a < b ? -1 : Number(a > b));
}
