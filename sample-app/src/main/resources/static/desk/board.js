/**
 * The board of the signed-in user's tickets: a column for each status.
 */
import { announce } from "./announce.js";
import { createCard, updateCard } from "./card.js";
import { byId, find, fromTemplate, setText } from "./dom.js";
import { draggable } from "./drag.js";
import { glide, highlight } from "./motion.js";
import { showNote } from "./note.js";
import { forgetOthers, keepFocus, showRows } from "./rows.js";
import { COLUMNS, SQL, compareTickets, labelOf } from "./ticket.js";
import { TicketActions } from "./ticket-actions.js";
import { TicketDialog } from "./ticket-dialog.js";

export class Board {
	#heard;
	#actions;
	#dialog;
	#items = new Map();
	#rows = new Map();
	#columns = new Map();
	#aborter = new AbortController();
	#ends;

	/** @param heard what to call: `commit` with each that changes the board, `change` when its query is another one or in another state */
	constructor(kalam, user, writes, heard) {
		this.#heard = heard;
		this.#actions = new TicketActions(writes);
		this.#dialog = new TicketDialog(this.#actions);
		this.query = kalam.live(SQL);
		this.#showColumns();
		this.#ends = [this.query.onTransaction(heard.commit), this.query.subscribe(() => this.#show())];
		byId("new-ticket").addEventListener("click", () => this.#dialog.create(user), { signal: this.#aborter.signal });
		this.#show();
	}

	/** Draws attention to a ticket that somebody else has changed. */
	point({ id, title, status }) {
		const card = this.#items.get(id);
		if (card) {
			highlight(card);
			announce(`Ticket ${id}, ${title}: ${labelOf(status)}`);
		}
	}

	close() {
		this.#ends.forEach((end) => end());
		this.#aborter.abort();
		this.#dialog.close();
		byId("board").replaceChildren();
	}

	#show() {
		const state = this.query.getSnapshot();
		const rows = [...state.data].sort(compareTickets);
		this.#rows = new Map(rows.map((row) => [row.id, row]));
		const board = byId("board");
		board.toggleAttribute("data-loading", state.loading && !state.error);
		board.toggleAttribute("data-stale", state.stale);
		board.setAttribute("aria-busy", String(state.loading));
		board.dataset.source = state.source;
		showNote("tickets-note", state, this.query);
		setText(byId("tickets-count"), state.loading ? "" : String(rows.length));
		keepFocus(() => glide(this.#items.values(), () => this.#fillColumns(rows, state)));
		forgetOthers(this.#items, rows);
		this.#heard.change();
	}

	#fillColumns(rows, state) {
		this.#columns.forEach((column, status) => this.#fill(column, rows.filter((row) => row.status === status), state));
	}

	#fill(column, rows, { loading }) {
		setText(find(column, ".count"), loading ? "" : String(rows.length));
		showRows(find(column, ".cards"), rows, this.#items, (row) => this.#create(row), updateCard);
	}

	#create({ id }) {
		const card = createCard(() => this.#rows.get(id), {
			actions: this.#actions,
			dialog: this.#dialog,
			move: (ticket, status) => this.#move(ticket, status),
		});
		draggable(card, {
			targetAt: (x, y) => document.elementFromPoint(x, y)?.closest(".column") ?? null,
			over: (target) => this.#columns.forEach((column) => column.classList.toggle("over", column === target)),
			drop: (target) => target && this.#move(this.#rows.get(id), target.dataset.status),
		});
		return card;
	}

	async #move(ticket, status) {
		if (ticket && ticket.status !== status) {
			const card = this.#items.get(ticket.id);
			card?.classList.add("pending");
			const moved = await this.#actions.move(ticket, status);
			card?.classList.remove("pending");
			if (moved) {
				announce(`Ticket ${ticket.id} moved to ${labelOf(status)}`);
			}
		}
	}

	#showColumns() {
		for (const [status, label] of COLUMNS) {
			const column = fromTemplate("column");
			column.dataset.status = status;
			setText(find(column, ".label"), label);
			find(column, ".cards").setAttribute("aria-label", label);
			find(column, ".cards").dataset.empty = `Nothing ${label.toLowerCase()}`;
			this.#columns.set(status, column);
		}
		byId("board").replaceChildren(...this.#columns.values());
	}
}
