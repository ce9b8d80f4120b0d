/**
 * What a part of the page says about the rows that it shows.
 */
import { byId, setText } from "./dom.js";

/** Shows an element's note about a query's state: nothing while all is well. */
export function showNote(id, { status, error, stale, loading }, query) {
	const note = byId(id);
	const text = error ? error.message : stale && !loading ? TEXTS[status] : null;
	note.hidden = !text;
	note.dataset.kind = error ? "bad" : "warn";
	note.replaceChildren(text ?? "");
	if (error && status === "error") {
		const again = document.createElement("button");
		again.type = "button";
		setText(again, "Try again");
		again.addEventListener("click", () => query.refresh());
		note.append(again);
	}
}

const TEXTS = {
	stale: "These rows may be out of date until the connection is back.",
	resyncing: "The rows are being read anew; until then these are the last ones.",
};
