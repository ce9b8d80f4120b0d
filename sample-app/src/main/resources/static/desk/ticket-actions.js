/**
 * What a user can do to a ticket. The page shows it when the commit is here, not before.
 */
import { toast } from "./announce.js";
import { labelOf } from "./ticket.js";

export class TicketActions {
	#writes;

	constructor(writes) {
		this.#writes = writes;
	}

	create(fields) {
		return this.#writes.attempt("POST", "/api/tickets", fields);
	}

	edit(id, fields) {
		return this.#writes.attempt("PATCH", `/api/tickets/${id}`, fields);
	}

	async move(ticket, status) {
		const moved = await this.#writes.send("PATCH", `/api/tickets/${ticket.id}`, { status });
		if (moved && status === "closed") {
			toast(`Ticket #${ticket.id} is closed.`, { label: "Undo", run: () => this.move(ticket, ticket.status) });
		}
		return moved;
	}

	async assign({ id }, user) {
		if (await this.#writes.send("PATCH", `/api/tickets/${id}`, { assignee_id: user })) {
			toast(`Ticket #${id} is ${user}'s now.`);
		}
	}

	/** What to call a move. */
	static describe(status) {
		return status === "closed" ? "Close ticket" : `Move to ${labelOf(status)}`;
	}
}
