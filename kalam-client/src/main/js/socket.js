/**
 * The way from this page to the server: connects, authenticates, notices when it is gone, and comes back.
 *
 * @import { AuthSuccessFrame, ConnectionStatus, Environment, Frame, GoawayFrame, LineListener, TokenReason } from "./types.js"
 */
import { Backoff } from "./backoff.js";
import { KalamError } from "./errors.js";
import { Liveness } from "./liveness.js";
import { Outbox } from "./outbox.js";
import { CLOSE, UPGRADE, VERSION, authenticate, decode, ping } from "./protocol.js";

/** @typedef {import("./auth.js").Tokens} Tokens */
/** @typedef {'stopped' | 'token' | 'opening' | 'authenticating' | 'connected' | 'waiting'} Phase */
/** @typedef {'connect' | 'refresh' | 'stable'} TimerName */

/** From the attempt to the server's word that we may stay. */
const CONNECT_TIMEOUT_MS = 15_000;
const STABLE_MS = 10_000;
const REFRESH_AHEAD_MS = 30_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** So often is something that will not pass by itself tried again. */
const MAX_FAILURES = 5;
const MAX_TOKEN_FAILURES = 10;

export class Connector {
	#url;
	#tokens;
	#environment;
	#listener;
	#backoff;
	#outbox;
	#liveness;
	/** @type {Phase} */
	#phase = "stopped";
	/** Grows with each attempt; what an older one still has to say does not count. */
	#attempt = 0;
	/** @type {WebSocket | null} */
	#socket = null;
	/** @type {Map<TimerName, any>} */
	#timers = new Map();
	#rejected = false;
	#failures = 0;
	#tokenFailures = 0;
	#settled = false;
	/** @type {(() => void)[]} */
	#unlisten = [];
	#suspended = false;

	/**
	 * @param {string} url
	 * @param {Tokens} tokens
	 * @param {Environment} environment
	 * @param {LineListener} listener
	 */
	constructor(url, tokens, environment, listener) {
		this.#url = url;
		this.#tokens = tokens;
		this.#environment = environment;
		this.#listener = listener;
		this.#backoff = new Backoff(environment, () => this.#connect());
		this.#liveness = new Liveness(environment.clock, () => this.#outbox.send(JSON.stringify(ping())), () => this.#lost(0, false));
		this.#outbox = new Outbox(environment.clock, (text) => this.#socket?.send(text));
	}

	start() {
		if (this.#phase !== "stopped") {
			return;
		}
		const { page } = this.#environment;
		this.#unlisten = [
			page.on("online", () => this.#wake()),
			page.on("offline", () => this.#offline()),
			page.on("visibilitychange", () => page.hidden() || this.#wake()),
			page.on("resume", () => this.#wake()),
			page.on("pagehide", () => this.#suspend()),
			page.on("pageshow", () => this.#resume()),
		];
		this.#suspended = false;
		this.#rejected = false;
		this.#failures = 0;
		this.#tokenFailures = 0;
		this.#connect();
	}

	/**
	 * @param {ConnectionStatus} status what to say that it is
	 * @param {KalamError | null} [error]
	 */
	stop(status, error = null) {
		this.#unlisten.forEach((remove) => remove());
		this.#unlisten = [];
		this.#drop();
		this.#phase = "stopped";
		this.#listener.status(status, error);
	}

	/** @param {object} message */
	send(message) {
		if (this.#phase === "connected") {
			this.#outbox.send(JSON.stringify(message));
		}
	}

	/** @param {boolean} settled */
	settled(settled) {
		if (settled === this.#settled) {
			return;
		}
		this.#settled = settled;
		this.#clear("stable");
		if (settled && this.#phase === "connected") {
			this.#after("stable", STABLE_MS, () => this.#stable());
		}
	}

	renew() {
		if (this.#phase === "connected") {
			void this.#refresh(0);
		} else {
			this.reconnect();
		}
	}

	reconnect() {
		this.#backoff.forgive();
		this.#rejected = false;
		if (this.#phase === "stopped") {
			this.start();
		} else {
			this.#connect();
		}
	}

	/** @returns {'alone'} */
	get role() {
		return "alone";
	}

	/** There is nobody else on this line. */
	logout() {}

	#stable() {
		this.#backoff.forgive();
		this.#failures = 0;
		this.#rejected = false;
	}

	#connect() {
		void this.#open(this.#rejected ? "rejected" : "connect");
	}

	/** @param {TokenReason} reason */
	async #open(reason) {
		this.#drop();
		const attempt = ++this.#attempt;
		this.#phase = "token";
		this.#listener.status("connecting", null);
		try {
			const token = await this.#tokens.get(reason);
			if (attempt === this.#attempt) {
				this.#tokenFailures = 0;
				this.#dial(token);
			}
		} catch (error) {
			if (attempt === this.#attempt) {
				this.#unavailable(/** @type {KalamError} */ (error));
			}
		}
	}

	/** @param {KalamError} error */
	#unavailable(error) {
		if (++this.#tokenFailures >= MAX_TOKEN_FAILURES) {
			this.#needsAuth(error);
		} else {
			this.#wait(error);
		}
	}

	/** @param {string} token */
	#dial(token) {
		const socket = this.#create();
		if (!socket) {
			return;
		}
		this.#socket = socket;
		this.#phase = "opening";
		this.#after("connect", CONNECT_TIMEOUT_MS, () => this.#lost(0, false));
		socket.onopen = () => {
			this.#phase = "authenticating";
			socket.send(JSON.stringify(authenticate(token)));
		};
		socket.onmessage = ({ data }) => this.#receive(data);
		socket.onclose = ({ code }) => this.#lost(code, true);
	}

	#create() {
		try {
			const { WebSocket } = this.#environment;
			return new /** @type {typeof globalThis.WebSocket} */ (WebSocket)(this.#url);
		} catch (error) {
			this.stop("closed", new KalamError("BLOCKED", `The browser opens no socket to ${this.#url}. A page that came by https needs wss.`, error));
			return null;
		}
	}

	/** @param {unknown} data */
	#receive(data) {
		this.#liveness.sign();
		let frame;
		try {
			frame = decode(data);
		} catch (error) {
			this.#broken(/** @type {KalamError} */ (error));
			return;
		}
		if (frame) {
			this.#handle(frame);
		} else {
			this.#environment.logger.warn("Kalam: a frame of an unknown type is ignored.");
		}
	}

	/** @param {Frame} frame */
	#handle(frame) {
		switch (frame.type) {
			case "auth_success":
				return this.#authenticated(frame);
			case "auth_error":
				return this.#environment.logger.warn("Kalam: the server did not accept the token.");
			case "goaway":
				return this.#goAway(frame);
			case "pong":
				return;
			default:
				if (this.#phase === "connected") {
					this.#listener.frame(frame);
				}
		}
	}

	/** @param {AuthSuccessFrame} frame */
	#authenticated(frame) {
		if ((frame.version ?? VERSION) !== VERSION || frame.protocol?.transactions !== true) {
			this.stop("closed", new KalamError("VERSION", `The server speaks another version of the protocol (${frame.version ?? "none"}, not ${VERSION}). ${UPGRADE}`));
			return;
		}
		const now = this.#environment.clock.now();
		const serverTime = instant(frame.server_time);
		const expiresAt = instant(frame.expires_at);
		if (serverTime !== null && expiresAt !== null) {
			const left = expiresAt - serverTime;
			this.#refreshAt(now + Math.max(left - REFRESH_AHEAD_MS, left * 0.75));
		}
		if (this.#phase === "connected") {
			this.#rejected = false;
			this.#listener.renewed();
		} else if (this.#phase === "authenticating") {
			this.#begin(frame.user, serverTime);
		}
	}

	/**
	 * @param {string} user
	 * @param {number | null} serverTime
	 */
	#begin(user, serverTime) {
		this.#clear("connect");
		this.#phase = "connected";
		this.#outbox.open();
		this.#settled = false;
		this.#liveness.start();
		this.#listener.status("connected", null);
		this.#listener.up({ user, serverTime, at: this.#environment.clock.now() });
	}

	/** @param {number} time */
	#refreshAt(time) {
		const wait = time - this.#environment.clock.now();
		const next = Math.min(Math.max(wait, 1_000), LONGEST_TIMER_MS);
		this.#after("refresh", next, () => (next < wait ? this.#refreshAt(time) : void this.#refresh(0)));
	}

	/** @param {number} tries */
	async #refresh(tries) {
		const attempt = this.#attempt;
		try {
			const token = await this.#tokens.get("refresh");
			if (attempt === this.#attempt && this.#phase === "connected") {
				this.#outbox.send(JSON.stringify(authenticate(token)));
			}
		} catch {
			if (attempt === this.#attempt && this.#phase === "connected" && tries < MAX_FAILURES) {
				this.#environment.logger.warn("Kalam: the token could not be renewed; trying again.");
				this.#after("refresh", this.#backoff.delay(tries + 1), () => void this.#refresh(tries + 1));
			}
		}
	}

	/** @param {GoawayFrame} frame */
	#goAway(frame) {
		this.#backoff.floor(frame.retry_after_ms ?? 0);
		this.#wait(null);
	}

	/** @param {KalamError} error */
	#broken(error) {
		this.#environment.logger.warn(`Kalam: ${error.message}`);
		this.#failed(error);
	}

	/** @param {KalamError} error */
	#failed(error) {
		if (++this.#failures >= MAX_FAILURES) {
			this.stop("closed", error);
		} else {
			this.#wait(error);
		}
	}

	/**
	 * @param {number} code
	 * @param {boolean} closed whether the socket is closed already
	 */
	#lost(code, closed) {
		if (closed) {
			this.#detach();
		}
		switch (code) {
			case CLOSE.UNAUTHENTICATED:
				return this.#refused();
			case CLOSE.FORBIDDEN:
				return this.stop("closed", new KalamError("FORBIDDEN", "The token is another user's. Call setAuth('login') when somebody else signs in."));
			case CLOSE.MALFORMED:
			case CLOSE.TOO_LARGE:
				return this.#failed(new KalamError("PROTOCOL", `The server could not read what this client sent. ${UPGRADE}`));
			case CLOSE.RATE_LIMIT:
				this.#backoff.floor(5_000);
		}
		this.#wait(null);
	}

	#refused() {
		const error = new KalamError("TOKEN_REJECTED", "The server does not accept the token. Sign in again, then call setAuth('login').");
		if (this.#rejected) {
			this.#needsAuth(error);
		} else {
			this.#rejected = true;
			this.#tokens.forget();
			this.#connect();
		}
	}

	/** @param {KalamError} error */
	#needsAuth(error) {
		this.#drop();
		this.#tokens.forget();
		this.#phase = "stopped";
		this.#unlisten.forEach((remove) => remove());
		const { page } = this.#environment;
		const again = () => error.code === "TOKEN_UNAVAILABLE" && !page.hidden() && this.#phase === "stopped" && this.start();
		this.#unlisten = [page.on("online", again), page.on("visibilitychange", again)];
		this.#listener.status("needs-auth", error);
	}

	/** @param {KalamError | null} error */
	#wait(error) {
		this.#drop();
		this.#phase = "waiting";
		this.#listener.status(this.#environment.page.online() ? "waiting" : "offline", error);
		if (!this.#suspended) {
			this.#backoff.schedule();
		}
	}

	#wake() {
		if (this.#suspended) {
			return;
		}
		if (this.#phase === "waiting") {
			this.#backoff.hurry();
		} else if (this.#phase === "connected") {
			this.#liveness.probe();
		}
	}

	#offline() {
		if (this.#phase === "waiting") {
			this.#listener.status("offline", null);
		} else if (this.#phase === "connected") {
			this.#liveness.probe();
		}
	}

	#suspend() {
		if (this.#phase !== "stopped") {
			this.#suspended = true;
			this.#wait(null);
		}
	}

	#resume() {
		if (this.#suspended) {
			this.#suspended = false;
			this.#connect();
		}
	}

	/** Leaves the socket, if there is one, and everything that was to happen to it. */
	#drop() {
		const wasUp = this.#phase === "connected";
		this.#attempt++;
		[...this.#timers.keys()].forEach((name) => this.#clear(name));
		this.#backoff.cancel();
		this.#liveness.stop();
		this.#outbox.close();
		const socket = this.#socket;
		this.#detach();
		socket?.close();
		this.#phase = "waiting";
		this.#settled = false;
		if (wasUp) {
			this.#listener.down();
		}
	}

	#detach() {
		if (this.#socket) {
			this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
			this.#socket = null;
		}
	}

	/**
	 * @param {TimerName} name
	 * @param {number} ms
	 * @param {() => void} run
	 */
	#after(name, ms, run) {
		this.#clear(name);
		this.#timers.set(name, this.#environment.clock.setTimeout(() => {
			this.#timers.delete(name);
			run();
		}, ms));
	}

	/** @param {TimerName} name */
	#clear(name) {
		this.#environment.clock.clearTimeout(this.#timers.get(name));
		this.#timers.delete(name);
	}

}

/** @param {unknown} text */
function instant(text) {
	const time = typeof text === "string" ? Date.parse(text) : NaN;
	return Number.isNaN(time) ? null : time;
}
