/**
 * What is wrong with how a page looks: text without contrast, controls without a name, a page wider than its window.
 */
const parse = (color) => {
	const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
	canvas.fillStyle = color;
	canvas.fillRect(0, 0, 1, 1);
	return [...canvas.getImageData(0, 0, 1, 1).data];
};
const luminance = ([r, g, b]) => {
	const [x, y, z] = [r, g, b].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
	return 0.2126 * x + 0.7152 * y + 0.0722 * z;
};
const backgroundOf = (element) => {
	for (let at = element; at; at = at.parentElement) {
		const color = parse(getComputedStyle(at).backgroundColor);
		if (color[3] === 255) {
			return color;
		}
	}
	return parse(getComputedStyle(document.documentElement).backgroundColor);
};
const contrastOf = (element) => {
	const [a, b] = [parse(getComputedStyle(element).color), backgroundOf(element)].map(luminance).sort((x, y) => y - x);
	return (a + 0.05) / (b + 0.05);
};
const isSeen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest(".unseen");
const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
const nameOf = (element) => element.getAttribute("aria-label") ?? (element.innerText.trim() || [...(element.labels ?? [])].map((label) => label.textContent.trim()).join(""));

const all = [...document.body.querySelectorAll("*")];
const wrong = all.filter((element) => hasText(element) && isSeen(element) && contrastOf(element) < 4.5)
	.map((element) => `contrast ${contrastOf(element).toFixed(2)} of ${element.textContent.trim()}`);
wrong.push(...all.filter((element) => element.matches("button, input, select, a") && isSeen(element) && !nameOf(element))
	.map((element) => `no name: ${element.outerHTML}`));
if (document.documentElement.scrollWidth > innerWidth) {
	wrong.push(`wider than the window: ${document.documentElement.scrollWidth}`);
}
return wrong;
