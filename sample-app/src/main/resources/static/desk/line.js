/**
 * The live connection of this tab, and what a person can do to it to see what happens.
 */
import { createKalam } from "/kalam/kalam.js";

export class Line {
	#session;
	#socket = null;
	#killer;
	isAway = false;

	constructor(session) {
		this.#session = session;
		this.#killer = new BroadcastChannel(`desk.kill.${session.user}`);
		this.#killer.onmessage = () => this.#close();
		this.kalam = createKalam({
			getToken: ({ reason }) => session.token(reason !== "connect"),
			persist: "indexeddb",
			WebSocket: this.#tracked(),
		});
	}

	/** Ends the socket, also if another tab of this user holds it. It comes back by itself. */
	kill() {
		this.#close();
		this.#killer.postMessage("kill");
	}

	/** Does what the browser does to a page that it freezes when the user goes elsewhere, and the reverse. */
	setAway(away) {
		this.isAway = away;
		dispatchEvent(new PageTransitionEvent(away ? "pagehide" : "pageshow", { persisted: true }));
	}

	signOut() {
		if (this.isAway) {
			this.setAway(false);
		}
		this.kalam.setAuth("logout");
		this.end();
	}

	end() {
		this.kalam.close();
		this.#killer.close();
	}

	#close() {
		this.#socket?.close();
	}

	#tracked() {
		const opened = (socket) => (this.#socket = socket);
		return class extends WebSocket {
			constructor(url) {
				super(url);
				opened(this);
			}
		};
	}
}
