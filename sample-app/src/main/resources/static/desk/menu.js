/**
 * The one menu of the page, at the button that opened it.
 */
import { byId } from "./dom.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** Opens the menu with `{ label, run }` items; `null` is a line between them. */
export function openMenu(anchor, label, entries) {
	const menu = byId("menu");
	menu.setAttribute("aria-label", label);
	menu.replaceChildren(...entries.map((entry) => (entry ? item(menu, entry) : document.createElement("hr"))));
	menu.onkeydown = (event) => walk(event, [...menu.querySelectorAll("button")]);
	menu.showPopover();
	place(menu, anchor.getBoundingClientRect());
	menu.querySelector("button").focus();
}

function closeMenu() {
	byId("menu").hidePopover();
}

function item(menu, { label, run }) {
	const button = document.createElement("button");
	button.type = "button";
	button.role = "menuitem";
	button.textContent = label;
	button.addEventListener("click", () => {
		menu.hidePopover();
		run();
	});
	return button;
}

function walk(event, buttons) {
	const step = STEPS[event.key];
	if (step) {
		event.preventDefault();
		buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
	} else if (event.key === "Tab") {
		closeMenu();
	}
}

/** Below the anchor, above it where there is no room, and never outside the window. */
function place(menu, anchor) {
	const { width, height } = menu.getBoundingClientRect();
	const below = anchor.bottom + height < innerHeight;
	menu.style.top = `${below ? anchor.bottom + 4 : Math.max(8, anchor.top - height - 4)}px`;
	menu.style.left = `${Math.max(8, Math.min(anchor.right - width, innerWidth - width - 8))}px`;
}
