/**
 * A ticket on the board: its looks, its menu and its keys. What it does goes to the `TicketActions`.
 */
import { find, fromTemplate, setText, showTime } from "./dom.js";
import { openMenu } from "./menu.js";
import { PEOPLE } from "./people.js";
import { STATUSES, labelOf, statusBeside } from "./ticket.js";
import { TicketActions } from "./ticket-actions.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/** Makes a card; `ticket` gives the row as it is at the moment. */
export function createCard(ticket, { actions, dialog, move }) {
	const card = fromTemplate("card");
	const more = find(card, ".more");
	const title = find(card, ".title");
	more.addEventListener("click", () => openMenu(more, `Ticket ${ticket().id}`, entries(ticket(), { actions, dialog, move })));
	title.addEventListener("click", () => dialog.edit(ticket()));
	title.addEventListener("keydown", (event) => {
		const status = event.shiftKey && event.key in STEPS ? statusBeside(ticket().status, STEPS[event.key]) : null;
		if (status) {
			event.preventDefault();
			move(ticket(), status);
		}
	});
	return card;
}

export function updateCard(card, row) {
	card.dataset.id = row.id;
	card.dataset.priority = row.priority;
	card.classList.remove("pending");
	setText(find(card, ".priority"), labelOf(row.priority));
	setText(find(card, ".number"), `#${row.id}`);
	setText(find(card, ".title"), row.title);
	find(card, ".more").setAttribute("aria-label", `Actions for ticket ${row.id}`);
	showTime(find(card, "time"), row.updated_at);
}

function entries(ticket, { actions, dialog, move }) {
	const statuses = STATUSES.filter(([status]) => status !== ticket.status && status !== "closed");
	const others = PEOPLE.filter((name) => name !== ticket.assignee_id);
	return [
		...statuses.map(([status]) => ({ label: TicketActions.describe(status), run: () => move(ticket, status) })),
		null,
		...others.map((name) => ({ label: `Hand to ${name}`, run: () => actions.assign(ticket, name) })),
		null,
		{ label: "Edit …", run: () => dialog.edit(ticket) },
		{ label: TicketActions.describe("closed"), run: () => actions.move(ticket, "closed") },
	];
}
