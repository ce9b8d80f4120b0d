/**
 * What is said aloud by a screen reader, and what pops up for everybody.
 */
import { byId, find, showText } from "./dom.js";

const TOAST_MS = 8_000;

let timer = 0;

/** Says something to who does not see the page. */
export function announce(text) {
	byId("announcer").textContent = text;
}

/** Shows a message for some seconds, with something to do about it perhaps. */
export function toast(text, action) {
	const element = byId("toast");
	const button = find(element, "button");
	clearTimeout(timer);
	showText(find(element, ".text"), text);
	showText(button, action?.label);
	button.onclick = () => {
		element.hidden = true;
		action?.run();
	};
	element.hidden = false;
	timer = setTimeout(() => (element.hidden = true), TOAST_MS);
}
