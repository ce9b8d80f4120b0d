/**
 * Two desks in one window, each a session of its own.
 */
import { byId, fillSelect, find, fromTemplate } from "./dom.js";
import { PEOPLE } from "./people.js";
import { showThemeSwitch } from "./theme.js";

function pane(user) {
	const element = fromTemplate("pane");
	const select = find(element, "select");
	const open = () => {
		find(element, "iframe").title = `Desk of ${select.value}`;
		find(element, "iframe").src = `/?as=${encodeURIComponent(select.value)}`;
	};
	fillSelect(select, PEOPLE.map((name) => [name, name]), user);
	select.addEventListener("change", open);
	open();
	return element;
}

showThemeSwitch();
byId("panes").append(pane(PEOPLE[0]), pane(PEOPLE[1]));
