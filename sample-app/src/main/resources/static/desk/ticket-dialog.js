/**
 * The dialog in which a ticket is written, a new one or one that there is.
 */
import { byId, fillSelect, find, showText } from "./dom.js";
import { peopleWith } from "./people.js";
import { PRIORITIES, STATUSES } from "./ticket.js";

export class TicketDialog {
	#actions;
	#dialog = byId("ticket-dialog");
	#form = find(this.#dialog, "form");
	#ticket = null;
	#aborter = new AbortController();

	constructor(actions) {
		this.#actions = actions;
		const { signal } = this.#aborter;
		this.#form.addEventListener("submit", (event) => this.#submit(event), { signal });
		find(this.#form, ".cancel").addEventListener("click", () => this.#dialog.close(), { signal });
	}

	create(user) {
		this.#open("New ticket", "Create", { title: "", priority: "normal", status: "open", assignee_id: user }, null);
	}

	edit(ticket) {
		this.#open(`Ticket #${ticket.id}`, "Save", ticket, ticket);
	}

	close() {
		this.#aborter.abort();
		this.#dialog.close();
	}

	#open(heading, submit, values, ticket) {
		const { title, priority, status, assignee_id: assignee } = this.#form.elements;
		this.#ticket = ticket;
		byId("ticket-dialog-title").textContent = heading;
		find(this.#form, "[type=submit]").textContent = submit;
		title.value = values.title;
		fillSelect(priority, PRIORITIES, values.priority);
		fillSelect(status, STATUSES, values.status);
		fillSelect(assignee, peopleWith(values.assignee_id), values.assignee_id);
		this.#fail(null);
		this.#dialog.showModal();
	}

	async #submit(event) {
		event.preventDefault();
		const button = find(this.#form, "[type=submit]");
		button.disabled = true;
		try {
			await this.#save(Object.fromEntries(new FormData(this.#form)));
			this.#dialog.close();
		} catch (error) {
			this.#fail(error.message);
		} finally {
			button.disabled = false;
		}
	}

	/** Sends what the user has changed and nothing else, so that what somebody else changes meanwhile stays. */
	async #save(fields) {
		if (!this.#ticket) {
			await this.#actions.create(fields);
			return;
		}
		const changed = Object.entries(fields).filter(([name, value]) => value !== this.#ticket[name]);
		if (changed.length > 0) {
			await this.#actions.edit(this.#ticket.id, Object.fromEntries(changed));
		}
	}

	#fail(text) {
		showText(find(this.#form, ".error"), text);
	}
}
