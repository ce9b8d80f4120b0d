/**
 * The little that the page needs of a framework. Text goes in as text, never as markup.
 */

/** Finds an element by its id, or by a selector below another one. */
export const byId = (id) => document.getElementById(id);
export const find = (element, selector) => element.querySelector(selector);

/** Makes the element of a template. */
export function fromTemplate(id) {
	return byId(id).content.firstElementChild.cloneNode(true);
}

/** Sets the text of an element that is there, and leaves one alone that says it already. */
export function setText(element, text) {
	if (element.textContent !== text) {
		element.textContent = text;
	}
}

/** Shows an element with a text, or hides it when there is none. */
export function showText(element, text) {
	setText(element, text ?? "");
	element.hidden = !text;
}

/** Fills a select with `[value, label]` pairs. */
export function fillSelect(select, options, selected) {
	select.replaceChildren(...options.map(([value, label]) => new Option(label, value, value === selected, value === selected)));
}

/** Makes one of several choices that stand side by side. */
export function segment(name, value, label, checked, onChoose) {
	const element = fromTemplate("segment");
	const radio = find(element, "input");
	Object.assign(radio, { name, value, checked });
	radio.addEventListener("change", onChoose);
	find(element, "span").textContent = label;
	return element;
}

export function showTime(element, iso) {
	const time = new Date(iso);
	element.dateTime = iso;
	element.title = time.toLocaleString();
	const today = time.toDateString() === new Date().toDateString();
	setText(element, today ? time.toLocaleTimeString([], { timeStyle: "medium" }) : time.toLocaleDateString([], { dateStyle: "medium" }));
}
