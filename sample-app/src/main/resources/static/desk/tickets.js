/**
 * The board of the signed-in user's tickets.
 */
import {
	PEOPLE, byId, compareIds, fillSelect, find, flash, forgetOthers, fromTemplate, showNote, showRows, showTime,
} from "./dom.js";

const SQL = "SELECT id, assignee_id, title, priority, status, updated_at FROM tickets WHERE status <> 'closed'";

const STATUSES = [["open", "Open"], ["in_progress", "In progress"], ["done", "Done"], ["closed", "Closed"]];
const PRIORITIES = [["urgent", "Urgent"], ["high", "High"], ["normal", "Normal"], ["low", "Low"]];
const RANK = new Map(PRIORITIES.map(([priority], index) => [priority, index]));

export class TicketBoard {
	#kalam;
	#send;
	#user;
	#shown = null;
	#items = new Map();
	#columns = new Map();
	#aborter = new AbortController();

	constructor(kalam, user, send) {
		this.#kalam = kalam;
		this.#user = user;
		this.#send = send;
		this.#showColumns();
		this.#showForm();
		byId("tickets-sql").textContent = SQL;
	}

	open() {
		this.#kalam.live({ name: "tickets", sql: SQL }, (query) => this.#show(query));
	}

	close() {
		this.#aborter.abort();
		byId("board").replaceChildren();
	}

	flash(id) {
		flash(this.#items.get(id));
	}

	#show(query) {
		const { status, error, rows } = query;
		this.#shown = query;
		showNote(byId("tickets-note"), error ?? (status === "loading" ? "Waiting for the live connection …" : null));
		byId("tickets-count").textContent = status === "loading" ? "" : rows.length;
		rows.sort((a, b) => RANK.get(a.priority) - RANK.get(b.priority) || compareIds(b, a));
		for (const [name, column] of this.#columns) {
			const cards = rows.filter((row) => row.status === name);
			find(column, ".count").textContent = cards.length;
			showRows(find(column, "ul"), cards, this.#items, (row) => this.#create(row), update);
		}
		forgetOthers(this.#items, rows);
	}

	#create({ id }) {
		const card = fromTemplate("ticket");
		const change = ({ target }) => this.#change(id, { [target.name]: target.value });
		fillSelect(find(card, "[name=status]"), STATUSES);
		fillSelect(find(card, "[name=assignee_id]"), people(this.#user));
		find(card, "[name=status]").addEventListener("change", change);
		find(card, "[name=assignee_id]").addEventListener("change", change);
		find(card, ".number").textContent = `#${id}`;
		find(card, ".delete").setAttribute("aria-label", `Delete ticket ${id}`);
		find(card, ".delete").addEventListener("click", () => this.#send("DELETE", `/api/tickets/${id}`));
		return card;
	}

	async #change(id, changes) {
		if (!(await this.#send("PATCH", `/api/tickets/${id}`, changes))) {
			this.#show(this.#shown);
		}
	}

	#showColumns() {
		for (const [status, label] of STATUSES.slice(0, -1)) {
			const column = fromTemplate("column");
			find(column, ".label").textContent = label;
			find(column, "ul").setAttribute("aria-label", label);
			this.#columns.set(status, column);
		}
		byId("board").replaceChildren(...this.#columns.values());
	}

	#showForm() {
		const form = byId("new-ticket");
		fillSelect(form.elements.priority, PRIORITIES, "normal");
		fillSelect(form.elements.assignee_id, people(this.#user), this.#user);
		form.addEventListener("submit", (event) => this.#submit(event, form), { signal: this.#aborter.signal });
	}

	async #submit(event, form) {
		event.preventDefault();
		const ticket = Object.fromEntries(new FormData(form));
		if (await this.#send("POST", "/api/tickets", ticket)) {
			form.reset();
		}
	}
}

function update(card, row) {
	card.dataset.priority = row.priority;
	find(card, ".title").textContent = row.title;
	find(card, ".priority").textContent = PRIORITIES[RANK.get(row.priority)]?.[1] ?? row.priority;
	find(card, "[name=status]").value = row.status;
	find(card, "[name=assignee_id]").value = row.assignee_id;
	showTime(find(card, "time"), row.updated_at);
}

function people(...others) {
	return [...new Set([...PEOPLE, ...others])].map((name) => [name, name]);
}
