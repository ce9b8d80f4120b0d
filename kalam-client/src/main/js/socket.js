/**
 * The way from this page to the server: connects, and comes back whenever it was lost, unless it is no use.
 *
 * @import { ConnectionStatus, Environment, Frame, LineListener, PlainError } from "./types.js"
 */
import { Backoff } from "./backoff.js";
import { KalamError } from "./errors.js";
import { Link } from "./link.js";
import { CLOSED_FORBIDDEN, CLOSED_MALFORMED, CLOSED_RATE_LIMIT, CLOSED_TOO_LARGE, CLOSED_UNAUTHENTICATED, UPGRADE } from "./protocol.js";
import { Timer } from "./timer.js";

/** @typedef {import("./auth.js").Tokens} Tokens */

const STABLE_MS = 10_000;
/** So often is something that will not pass by itself tried again. */
const MAX_FAILURES = 5;
const MAX_TOKEN_FAILURES = 10;

export class Connector {
	#url;
	#tokens;
	#environment;
	#listener;
	#backoff;
	#stable;
	/** @type {'stopped' | 'linked' | 'waiting'} */
	#phase = "stopped";
	/** @type {Link | null} */
	#link = null;
	#isUp = false;
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
		this.#stable = new Timer(environment.clock);
	}

	start() {
		if (this.#phase !== "stopped") {
			return;
		}
		const { page } = this.#environment;
		this.#ignorePage();
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
	 * @param {PlainError} [error]
	 */
	stop(status, error = null) {
		this.#ignorePage();
		this.#drop();
		this.#phase = "stopped";
		this.#listener.status(status, error);
	}

	/** @param {object} message */
	send(message) {
		this.#link?.send(message);
	}

	/** @param {boolean} settled */
	settled(settled) {
		if (settled === this.#settled) {
			return;
		}
		this.#settled = settled;
		this.#stable.clear();
		if (settled && this.#isUp) {
			this.#stable.set(() => this.#forgive(), STABLE_MS);
		}
	}

	renew() {
		if (this.#isUp) {
			this.#link?.renew();
		} else {
			this.#reconnect();
		}
	}

	#reconnect() {
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

	#forgive() {
		this.#backoff.forgive();
		this.#failures = 0;
		this.#rejected = false;
	}

	#connect() {
		this.#drop();
		this.#phase = "linked";
		const link = new Link(this.#tokens, this.#environment, {
			up: (session) => {
				this.#isUp = true;
				this.#listener.status("connected", null);
				this.#listener.up(session);
			},
			renewed: () => {
				this.#rejected = false;
				this.#listener.renewed();
			},
			frame: (frame) => this.#frame(frame),
			ended: (error, code) => this.#ended(error, code),
		});
		this.#link = link;
		this.#listener.status("connecting", null);
		void link.open(this.#url, this.#rejected ? "rejected" : "connect");
	}

	/** @param {Frame} frame */
	#frame(frame) {
		if (frame.type === "goaway") {
			this.#backoff.floor(frame.retry_after_ms ?? 0);
			this.#wait(null);
		} else if (frame.type !== "pong") {
			this.#listener.frame(frame);
		}
	}

	/**
	 * @param {KalamError | null} error
	 * @param {number} code
	 */
	#ended(error, code) {
		if (error?.code === "TOKEN_UNAVAILABLE") {
			return ++this.#tokenFailures < MAX_TOKEN_FAILURES ? this.#wait(error) : this.#needsAuth(error);
		}
		this.#tokenFailures = 0;
		if (error?.code === "PROTOCOL") {
			this.#environment.logger.warn(`Kalam: ${error.message}`);
			this.#failed(error);
		} else if (error) {
			this.stop("closed", error);
		} else {
			this.#lost(code);
		}
	}

	/** @param {KalamError} error */
	#failed(error) {
		if (++this.#failures >= MAX_FAILURES) {
			this.stop("closed", error);
		} else {
			this.#wait(error);
		}
	}

	/** @param {number} code with which the server has closed; 0 if it does not answer */
	#lost(code) {
		switch (code) {
			case CLOSED_UNAUTHENTICATED:
				return this.#refused();
			case CLOSED_FORBIDDEN:
				return this.stop("closed", new KalamError("FORBIDDEN", "The token is another user's. Call setAuth('login') when somebody else signs in."));
			case CLOSED_MALFORMED:
			case CLOSED_TOO_LARGE:
				return this.#failed(new KalamError("PROTOCOL", `The server could not read what this client sent. ${UPGRADE}`));
			case CLOSED_RATE_LIMIT:
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
		this.#ignorePage();
		const { page } = this.#environment;
		const again = () => error.code === "TOKEN_UNAVAILABLE" && !page.hidden() && this.start();
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
		} else if (this.#isUp) {
			this.#link?.probe();
		}
	}

	#offline() {
		if (this.#phase === "waiting") {
			this.#listener.status("offline", null);
		} else if (this.#isUp) {
			this.#link?.probe();
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

	#ignorePage() {
		this.#unlisten.forEach((remove) => remove());
		this.#unlisten = [];
	}

	/** Leaves the socket, if there is one, and everything that was to happen to it. */
	#drop() {
		const wasUp = this.#isUp;
		this.#stable.clear();
		this.#backoff.cancel();
		this.#link?.end();
		this.#link = null;
		this.#isUp = false;
		this.#phase = "waiting";
		this.#settled = false;
		if (wasUp) {
			this.#listener.down();
		}
	}
}
