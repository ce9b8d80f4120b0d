/**
 * Which part of the desk a small screen shows, and how many messages were missed meanwhile.
 */
import { byId, showText } from "./dom.js";

const buttons = () => [...document.querySelectorAll("[data-view]")];

let unread = 0;

export function showViewSwitch() {
	buttons().forEach((button) => button.addEventListener("click", () => showView(button.dataset.view)));
}

export function showView(view) {
	for (const button of buttons()) {
		const current = button.dataset.view === view;
		button.setAttribute("aria-current", String(current));
		byId(button.dataset.view).classList.toggle("current", current);
	}
	if (view === "chat-view") {
		countUnread(-unread);
		byId("messages").scrollTop = byId("messages").scrollHeight;
	}
}

/** Counts a message that came in while the chat was out of sight. */
export function noteMessage() {
	if (byId("chat-view").offsetParent === null) {
		countUnread(1);
	}
}

function countUnread(more) {
	unread += more;
	showText(byId("unread"), unread ? String(unread) : null);
}
