/**
 * Records what a page is told over its sockets, and what it shows in each frame that it draws, and
 * after each change in between.
 */
if (!window.recorder) {
	const recorder = { sockets: 0, frames: [], shown: [], highlighted: [] };
	const note = (data) => {
		const { type, resumed, code } = JSON.parse(data);
		recorder.frames.push([type, resumed && "resumed", code].filter(Boolean).join(" "));
	};
	const look = () => {
		const shown = JSON.stringify({
			cards: document.querySelectorAll(".card").length,
			state: document.getElementById("badge")?.dataset.state ?? "",
			source: document.getElementById("board")?.dataset.source ?? "",
		});
		if (shown !== recorder.shown.at(-1)) {
			recorder.shown.push(shown);
		}
	};
	const lookEachFrame = () => {
		look();
		requestAnimationFrame(lookEachFrame);
	};
	window.recorder = recorder;
	window.WebSocket = class extends WebSocket {
		constructor(...args) {
			super(...args);
			recorder.sockets++;
			this.addEventListener("message", ({ data }) => note(data));
		}
	};
	requestAnimationFrame(lookEachFrame);
	new MutationObserver(look).observe(document, { subtree: true, childList: true });
	new MutationObserver((changes) => {
		const texts = changes.filter(({ target }) => target.matches(".fresh")).map(({ target }) => target.querySelector(".title, .body").textContent);
		recorder.highlighted = [...new Set([...recorder.highlighted, ...texts])];
	}).observe(document, { subtree: true, attributeFilter: ["class"] });
}
