/**
 * Who works at this desk.
 */
export const PEOPLE = ["alice", "bob", "carol"];

const NAME = /^[a-z][a-z0-9_-]{0,31}$/;

export function isName(text) {
	return NAME.test(text ?? "");
}

/** `[value, label]` pairs for a select. */
export function peopleWith(user) {
	return [...new Set([...PEOPLE, user])].map((name) => [name, name]);
}

/** Fills an element with the initial of a name, in a colour that is always the same for it. */
export function showAvatar(element, name) {
	const known = PEOPLE.indexOf(name);
	element.textContent = name.slice(0, 1).toUpperCase();
	element.dataset.hue = known >= 0 ? known : 3 + ([...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 3);
}
