/**
 * One attempt to be connected, from the token to the end of the socket: opens it, says who we are, keeps the token fresh,
 * notices when nobody is there any more. It ends once, and says why; nothing is heard of it after that.
 *
 * @import { AuthSuccessFrame, Environment, Frame, Session, TokenReason } from "./types.js"
 * @import { Tokens } from "./auth.js"
 */
import { KalamError } from "./errors.js";
import { Liveness } from "./liveness.js";
import { Outbox } from "./outbox.js";
import { UPGRADE, VERSION, authenticate, decode, instant, ping } from "./protocol.js";
import { Renewal } from "./renewal.js";
import { Timer } from "./timer.js";

/** From the attempt to the server's word that we may stay. */
const TIMEOUT_MS = 15_000;

/**
 * @typedef {object} LinkListener
 * @property {(session: Session) => void} up the server has taken the token
 * @property {() => void} renewed and another one of the same user
 * @property {(frame: Frame) => void} frame of an authenticated socket
 * @property {(error: KalamError | null, code: number) => void} ended with what is wrong, if that is known, and the code
 *   with which the server has closed
 */

export class Link {
	#tokens;
	#environment;
	#listener;
	#liveness;
	#outbox;
	#renewal;
	#timeout;
	/** @type {WebSocket | null} */
	#socket = null;
	#isOver = false;
	isUp = false;

	/**
	 * @param {Tokens} tokens
	 * @param {Environment} environment
	 * @param {LinkListener} listener
	 */
	constructor(tokens, environment, listener) {
		const { clock } = environment;
		this.#tokens = tokens;
		this.#environment = environment;
		this.#listener = listener;
		this.#liveness = new Liveness(clock, () => this.send(ping()), () => this.#over(null));
		this.#outbox = new Outbox(clock, (text) => this.#socket?.send(text));
		this.#renewal = new Renewal(environment, tokens, (token) => this.send(authenticate(token)));
		this.#timeout = new Timer(clock);
	}

	/**
	 * @param {string} url
	 * @param {TokenReason} reason
	 */
	async open(url, reason) {
		try {
			const token = await this.#tokens.get(reason);
			if (!this.#isOver) {
				this.#dial(url, token);
			}
		} catch (error) {
			this.#over(/** @type {KalamError} */ (error));
		}
	}

	/** @param {object} message */
	send(message) {
		if (this.isUp) {
			this.#outbox.send(JSON.stringify(message));
		}
	}

	renew() {
		void this.#renewal.now();
	}

	/** Asks whether somebody is there. */
	probe() {
		this.#liveness.probe();
	}

	/** Ends it without a word. */
	end() {
		this.#isOver = true;
		this.isUp = false;
		this.#timeout.clear();
		this.#renewal.stop();
		this.#liveness.stop();
		this.#outbox.close();
		if (this.#socket) {
			this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
			this.#socket.close();
		}
	}

	/**
	 * @param {KalamError | null} error
	 * @param {number} [code]
	 */
	#over(error, code = 0) {
		if (!this.#isOver) {
			this.end();
			this.#listener.ended(error, code);
		}
	}

	/**
	 * @param {string} url
	 * @param {string} token
	 */
	#dial(url, token) {
		const socket = this.#create(url);
		this.#socket = socket;
		this.#timeout.set(() => this.#over(null), TIMEOUT_MS);
		socket.onopen = () => socket.send(JSON.stringify(authenticate(token)));
		socket.onmessage = ({ data }) => this.#receive(data);
		socket.onclose = ({ code }) => this.#over(null, code);
	}

	/** @param {string} url */
	#create(url) {
		try {
			const { WebSocket } = this.#environment;
			return new /** @type {typeof globalThis.WebSocket} */ (WebSocket)(url);
		} catch (error) {
			throw new KalamError("BLOCKED", `The browser opens no socket to ${url}. A page that came by https needs wss.`, error);
		}
	}

	/** @param {unknown} data */
	#receive(data) {
		this.#liveness.sign();
		let frame;
		try {
			frame = decode(data);
		} catch (error) {
			return this.#over(/** @type {KalamError} */ (error));
		}
		if (frame) {
			this.#handle(frame);
		} else {
			this.#environment.logger.warn("Kalam: a frame of an unknown type is ignored.");
		}
	}

	/** @param {Frame} frame */
	#handle(frame) {
		if (frame.type === "auth_success") {
			this.#authenticated(frame);
		} else if (frame.type === "auth_error") {
			this.#environment.logger.warn("Kalam: the server did not accept the token.");
		} else if (frame.type === "goaway" || this.isUp) {
			this.#listener.frame(frame);
		}
	}

	/** @param {AuthSuccessFrame} frame */
	#authenticated({ version = VERSION, protocol, user, server_time, expires_at }) {
		if (version !== VERSION || protocol?.transactions !== true) {
			return this.#over(new KalamError("VERSION", `The server speaks another version of the protocol (${version}, not ${VERSION}). ${UPGRADE}`));
		}
		const [serverTime, end] = [instant(server_time), instant(expires_at)];
		if (serverTime !== null && end !== null) {
			this.#renewal.plan(end - serverTime);
		}
		if (this.isUp) {
			this.#listener.renewed();
		} else {
			this.isUp = true;
			this.#timeout.clear();
			this.#outbox.open();
			this.#liveness.start();
			this.#listener.up({ user, serverTime, at: this.#environment.clock.now() });
		}
	}
}
