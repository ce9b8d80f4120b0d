/**
 * The little that the page needs of a framework. Text goes in as text, never as markup.
 */

export const PEOPLE = ["alice", "bob", "carol"];

/** Finds an element by its id, or by a selector below another one. */
export const byId = (id) => document.getElementById(id);
export const find = (element, selector) => element.querySelector(selector);

/** Makes the element of a template. */
export function fromTemplate(id) {
	return byId(id).content.firstElementChild.cloneNode(true);
}

/** Fills a select with `[value, label]` pairs. */
export function fillSelect(select, options, selected) {
	select.replaceChildren(...options.map(([value, label]) => new Option(label, value, value === selected, value === selected)));
}

export function showAvatar(element, name) {
	element.textContent = name.slice(0, 1).toUpperCase();
	element.dataset.hue = [...name].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)) % 1009, 0) % 6;
}

export function showTime(element, iso) {
	const time = new Date(iso);
	element.dateTime = iso;
	element.title = time.toLocaleString();
	element.textContent = time.toLocaleTimeString([], { timeStyle: "medium" });
}

/** Shows a note, or hides it when there is nothing to say. */
export function showNote(element, text) {
	element.textContent = text ?? "";
	element.hidden = !text;
}

/** Int8 ids are strings: a JavaScript number loses digits past 2^53. */
export function compareIds(a, b) {
	return a.id.length - b.id.length || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/**
 * Makes a list's items those of the rows, in order. An item lives as long as its row, also when it moves between lists
 * that share `items`, so that what has the focus keeps it.
 */
export function showRows(list, rows, items, create, update) {
	const focused = document.activeElement;
	rows.forEach((row, index) => {
		const item = items.get(row.id) ?? create(row);
		items.set(row.id, item);
		update(item, row);
		if (list.children[index] !== item) {
			list.insertBefore(item, list.children[index] ?? null);
		}
	});
	while (list.children.length > rows.length) {
		list.lastElementChild.remove();
	}
	if (focused !== document.activeElement && focused?.isConnected) {
		focused.focus();
	}
}

/** Forgets the items whose rows are gone. */
export function forgetOthers(items, rows) {
	const ids = new Set(rows.map((row) => row.id));
	[...items.keys()].filter((id) => !ids.has(id)).forEach((id) => items.delete(id));
}

/** Draws attention to what a commit has changed. */
export function flash(element) {
	element?.animate([{ outlineColor: "var(--accent)" }, { outlineColor: "transparent" }], {
		duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 1200,
		easing: "ease-out",
	});
}
