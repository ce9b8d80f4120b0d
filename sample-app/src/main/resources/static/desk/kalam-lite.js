/**
 * A small client for Kalam's WebSocket protocol. It shows a query's rows only when its snapshot is complete, applies a
 * commit to all queries at once, and proves by the chain of sequences that it has missed nothing. After a lost
 * connection it takes new snapshots and keeps showing the old rows until then.
 */

import { Chain, LiveQuery } from "./live-query.js";

const BACKOFF_BASE_MS = 500;
const BACKOFF_MAX_MS = 30_000;
const STABLE_AFTER_MS = 10_000;
const CHECK_EVERY_MS = 5_000;
const PROBE_AFTER_MS = 20_000;
const SILENT_AFTER_MS = 40_000;
const REFRESH_BEFORE_MS = 30_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const CLOSE_TOKEN_REJECTED = 4401;
const CLOSE_FORBIDDEN = 4403;

/** One socket and the queries on it. Its status is `connecting`, `live`, `offline` or `closed`. */
export class KalamLite {
	#url;
	#getToken;
	#onStatus;
	#onCommit;
	#onError;
	#queries = new Map();
	#nextId = 1;
	#socket = null;
	#chain = null;
	#status = "closed";
	#attempts = 0;
	#freshToken = false;
	#heardAt = 0;
	#timers = { retry: 0, refresh: 0, stable: 0, check: 0 };
	#wake = () => this.#status === "offline" && !document.hidden && this.#connect();

	/**
	 * @param {object} options `getToken(fresh)` gives a promise of a token, a new one if the last was refused;
	 * `onStatus(status)`; `onCommit({seq, time, changes})` after the queries' listeners; `onError(message)`
	 */
	constructor({ getToken, onStatus, onCommit, onError, url = new URL("/v1/ws", location.href).href }) {
		this.#url = url.replace(/^http/, "ws");
		this.#getToken = getToken;
		this.#onStatus = onStatus;
		this.#onCommit = onCommit;
		this.#onError = onError;
	}

	open() {
		window.addEventListener("online", this.#wake);
		document.addEventListener("visibilitychange", this.#wake);
		this.#timers.check = setInterval(() => this.#checkSilence(), CHECK_EVERY_MS);
		this.#connect();
	}

	close() {
		window.removeEventListener("online", this.#wake);
		document.removeEventListener("visibilitychange", this.#wake);
		this.#drop("closed");
		clearInterval(this.#timers.check);
		this.#queries.clear();
	}

	/** Keeps the rows of a query live; the listener is told whenever they, or the query's status, change. */
	live({ name, sql, params, lastRows }, listener) {
		const options = { ...(params && { params }), ...(lastRows && { last_rows: lastRows }) };
		const query = new LiveQuery(`${name}-${this.#nextId++}`, name, { sql, options }, listener);
		this.#queries.set(query.id, query);
		if (this.#status === "live") {
			this.#send({ type: "subscribe", subscription: query.subscription });
		}
		listener(query);
		return { close: () => this.#unsubscribe(query) };
	}

	#unsubscribe(query) {
		if (this.#queries.delete(query.id) && this.#status === "live") {
			this.#send({ type: "unsubscribe", subscription_id: query.id });
		}
	}

	async #connect() {
		this.#drop("connecting");
		const attempt = (this.#socket = {});
		let token;
		try {
			token = await this.#getToken(this.#freshToken);
		} catch {
			if (attempt === this.#socket) {
				this.#retry();
			}
			return;
		}
		if (attempt !== this.#socket) {
			return;
		}
		const socket = (this.#socket = new WebSocket(this.#url));
		socket.onopen = () => this.#authenticate(token);
		socket.onmessage = (event) => this.#receive(event.data);
		socket.onclose = (event) => this.#lost(event.code);
	}

	#authenticate(token) {
		const protocol = { serialization: "json", compression: "none", transactions: true };
		this.#send({ type: "authenticate", method: "jwt", token, protocol });
	}

	#send(message) {
		this.#socket.send(JSON.stringify(message));
	}

	#receive(data) {
		this.#heardAt = performance.now();
		try {
			this.#handle(JSON.parse(data));
		} catch (error) {
			console.warn("Kalam: connecting anew.", error);
			this.#retry();
		}
	}

	#handle(frame) {
		const query = this.#queries.get(frame.subscription_id);
		switch (frame.type) {
			case "auth_success":
				return this.#authenticated(frame);
			case "subscription_ack":
				return query?.acknowledged(frame.key);
			case "initial_data_batch":
				return query?.batch(frame) && query.listener(query);
			case "transaction":
			case "mark":
				return this.#advance(frame, query);
			case "reset":
				query?.restart(frame.purge);
				return query?.listener(query);
			case "goaway":
				return this.#retry(frame.retry_after_ms);
			case "error":
				query?.fail(frame.message);
				return query ? query.listener(query) : this.#onError(frame.message);
		}
	}

	#authenticated({ expires_at, server_time }) {
		const ttl = Date.parse(expires_at) - Date.parse(server_time);
		const refreshIn = Math.min(Math.max(ttl - REFRESH_BEFORE_MS, ttl * 0.75), LONGEST_TIMER_MS);
		clearTimeout(this.#timers.refresh);
		this.#timers.refresh = setTimeout(() => this.#renewToken(this.#socket), refreshIn);
		this.#freshToken = false;
		if (this.#status !== "live") {
			this.#begin();
		}
	}

	#begin() {
		this.#chain = new Chain(null);
		this.#timers.stable = setTimeout(() => (this.#attempts = 0), STABLE_AFTER_MS);
		this.#setStatus("live");
		for (const query of this.#queries.values()) {
			query.restart();
			this.#send({ type: "subscribe", subscription: query.subscription });
		}
	}

	async #renewToken(socket) {
		try {
			const token = await this.#getToken(true);
			if (socket === this.#socket) {
				this.#authenticate(token);
			}
		} catch (error) {
			console.warn("Kalam: the token could not be renewed.", error);
		}
	}

	#advance(frame, query) {
		if (frame.subscription_id && !query?.chain) {
			return;
		}
		const changes = (query?.chain ?? this.#chain).take(frame);
		const touched = new Set();
		const seen = [];
		for (const change of changes) {
			const target = this.#queries.get(frame.subscription_id ?? change.subscription_id);
			if (target?.status === "live") {
				target.apply(change);
				touched.add(target);
				seen.push({ ...change, name: target.name });
			}
		}
		touched.forEach((target) => target.listener(target));
		if (seen.length > 0) {
			this.#onCommit({ seq: frame.seq, time: frame.commit_time, changes: seen });
		}
	}

	#lost(code) {
		if (code === CLOSE_FORBIDDEN) {
			this.#drop("closed");
			this.#onError("The server refused this user. Sign in again.");
			return;
		}
		const retryAtOnce = code === CLOSE_TOKEN_REJECTED && !this.#freshToken;
		this.#freshToken ||= code === CLOSE_TOKEN_REJECTED;
		if (retryAtOnce) {
			this.#connect();
		} else {
			this.#retry();
		}
	}

	#retry(afterMs) {
		const longest = Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** this.#attempts++);
		this.#drop("offline");
		this.#timers.retry = setTimeout(() => this.#connect(), afterMs ?? Math.random() * longest);
	}

	#checkSilence() {
		const silence = performance.now() - this.#heardAt;
		if (this.#status === "live" && silence > SILENT_AFTER_MS) {
			this.#retry();
		} else if (this.#status === "live" && silence > PROBE_AFTER_MS) {
			this.#send({ type: "ping" });
		}
	}

	#drop(status) {
		clearTimeout(this.#timers.retry);
		clearTimeout(this.#timers.refresh);
		clearTimeout(this.#timers.stable);
		const socket = this.#socket;
		this.#socket = null;
		if (socket instanceof WebSocket) {
			socket.onopen = socket.onmessage = socket.onclose = null;
			socket.close();
		}
		this.#setStatus(status);
	}

	#setStatus(status) {
		if (status !== this.#status) {
			this.#status = status;
			this.#onStatus(status);
		}
	}
}
