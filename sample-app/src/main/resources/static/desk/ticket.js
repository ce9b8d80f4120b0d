/**
 * What there is to know about a ticket, whoever shows it.
 */
import { compareIds } from "./rows.js";

export const SQL = "SELECT id, assignee_id, title, priority, status, updated_at FROM tickets WHERE status <> 'closed'";

/** The board's columns. */
export const COLUMNS = [["open", "Open"], ["in_progress", "In progress"], ["done", "Done"]];
export const STATUSES = [...COLUMNS, ["closed", "Closed"]];
export const PRIORITIES = [["urgent", "Urgent"], ["high", "High"], ["normal", "Normal"], ["low", "Low"]];

const RANK = new Map(PRIORITIES.map(([priority], index) => [priority, index]));
const LABELS = new Map([...STATUSES, ...PRIORITIES]);

/** Urgent ones first, then the newest. */
export function compareTickets(a, b) {
	return (RANK.get(a.priority) ?? 9) - (RANK.get(b.priority) ?? 9) || compareIds(b, a);
}

export function labelOf(value) {
	return LABELS.get(value) ?? value;
}

/** The status of the column beside, `null` at the edge. */
export function statusBeside(status, step) {
	return COLUMNS[COLUMNS.findIndex(([name]) => name === status) + step]?.[0] ?? null;
}
