/**
 * A list on the page that follows rows.
 */

/** Int8 ids are strings: a JavaScript number loses digits past 2^53. */
export function compareIds(a, b) {
	return a.id.length - b.id.length || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/**
 * Makes a list's items those of the rows, in order. An item lives as long as its row, also when it moves between lists
 * that share `items`.
 */
export function showRows(list, rows, items, create, update) {
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
}

/** Changes the page; what had the focus has it afterwards too, wherever it went. */
export function keepFocus(change) {
	const focused = document.activeElement;
	change();
	if (focused !== document.activeElement && focused?.isConnected) {
		focused.focus({ preventScroll: true });
	}
}

/** Forgets the items whose rows are gone. */
export function forgetOthers(items, rows) {
	const ids = new Set(rows.map((row) => row.id));
	[...items.keys()].filter((id) => !ids.has(id)).forEach((id) => items.delete(id));
}
