/**
 * A signed-in user's desk: its parts, and the commits that they hear of.
 */
import { Board } from "./board.js";
import { Chat } from "./chat.js";
import { Commits } from "./commits.js";
import { Line } from "./line.js";
import { Online } from "./online.js";
import { noteMessage } from "./views.js";
import { Wire } from "./wire.js";
import { Writes } from "./writes.js";

export class Desk {
	#line;
	#writes;
	#parts;
	#online;
	#commits = new Commits();
	#wire;
	#unlisten;

	/** @param onSignedOut called when the user has signed out in another tab */
	constructor(session, onSignedOut) {
		this.#line = new Line(session);
		const { kalam } = this.#line;
		this.#writes = new Writes(session, this.#line);
		const board = new Board(kalam, session.user, this.#writes, this.#hear("tickets"));
		const chat = new Chat(kalam, session.user, this.#writes, this.#hear("messages"));
		this.#parts = { tickets: board, messages: chat };
		this.#online = new Online(kalam);
		this.#wire = new Wire(this.#line, () => [board.query, chat.query]);
		this.#unlisten = kalam.connection.subscribe(() => kalam.error?.code === "SIGNED_OUT" && onSignedOut());
	}

	/** Leaves nothing of the user behind: not on the page, on the disk or in another tab. */
	signOut() {
		this.#end(() => this.#line.signOut());
	}

	close() {
		this.#end(() => this.#line.end());
	}

	#end(endLine) {
		this.#unlisten();
		Object.values(this.#parts).forEach((part) => part.close());
		this.#online.close();
		this.#wire.close();
		this.#commits.close();
		this.#writes.forget();
		endLine();
	}

	#hear(table) {
		return { commit: (commit) => this.#commit(table, commit), change: () => this.#wire?.show() };
	}

	#commit(table, commit) {
		const lag = this.#wire.isLive ? `${Math.round(this.#line.kalam.debug().lagMs ?? 0)} ms` : "caught up";
		this.#commits.show(table, commit, lag);
		commit.changes.filter(({ row }) => row).forEach(({ row, op }) => this.#point(table, row, op));
		queueMicrotask(() => this.#wire.show());
	}

	async #point(table, row, op) {
		if (await this.#writes.isOwn(row)) {
			return;
		}
		this.#parts[table].point(row);
		if (table === "messages" && op === "insert") {
			noteMessage();
		}
	}
}
