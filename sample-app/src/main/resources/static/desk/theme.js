/**
 * The switch between the system's theme, light and dark. All windows follow it.
 */
import { byId, segment } from "./dom.js";

const KEY = "desk.theme";
const THEMES = [["auto", "Auto"], ["light", "Light"], ["dark", "Dark"]];

export function showThemeSwitch() {
	const chosen = document.documentElement.dataset.theme;
	byId("theme").append(...THEMES.map(([theme, label]) => segment("theme", theme, label, theme === chosen, () => choose(theme))));
	addEventListener("storage", ({ key, newValue }) => key === KEY && apply(newValue ?? "auto"));
}

/** The same, as entries of a menu. */
export function themeEntries() {
	return THEMES.map(([theme, label]) => ({ label: `Theme: ${label.toLowerCase()}`, run: () => choose(theme) }));
}

function choose(theme) {
	localStorage.setItem(KEY, theme);
	apply(theme);
}

function apply(theme) {
	document.documentElement.dataset.theme = theme;
	byId("theme").querySelector(`[value=${CSS.escape(theme)}]`).checked = true;
}
