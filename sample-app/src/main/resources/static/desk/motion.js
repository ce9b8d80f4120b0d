/**
 * What moves on the page, for those who like that.
 */
const GLIDE_MS = 220;

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Changes the page; elements that stand elsewhere afterwards glide there. */
export function glide(elements, change) {
	if (still.matches) {
		change();
		return;
	}
	const before = new Map([...elements].map((element) => [element, element.getBoundingClientRect()]));
	change();
	before.forEach((from, element) => element.isConnected && moveFrom(element, from));
}

function moveFrom(element, from) {
	const to = element.getBoundingClientRect();
	const [x, y] = [from.left - to.left, from.top - to.top];
	if ((x || y) && from.width > 0 && to.width > 0) {
		element.animate([{ translate: `${x}px ${y}px` }, { translate: "0 0" }], { duration: GLIDE_MS, easing: "ease-out" });
	}
}

/** Draws attention to what somebody else's commit has changed, for a few seconds. */
export function highlight(element) {
	element.classList.remove("fresh");
	void element.offsetWidth;
	element.classList.add("fresh");
	clearTimeout(element.freshTimer);
	element.freshTimer = setTimeout(() => element.classList.remove("fresh"), 5_000);
}
