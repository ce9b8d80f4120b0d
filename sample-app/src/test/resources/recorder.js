/**
 * Records what a page is told over its sockets, and what it shows in each frame that it draws, and
 * after each change in between.
 */
if (!window.recorder) {
	const recorder = { sockets: 0, published: 0, frames: [], shown: [], room: [], highlighted: [] };
	const tables = new Map();
	const noteSent = (data) => {
		const { type, subscription } = JSON.parse(data);
		if (type === "subscribe") {
			tables.set(subscription.id, /FROM (\w+)/.exec(subscription.sql)[1]);
		}
		recorder.published += type === "publish";
	};
	const note = (data) => {
		const { type, resumed, code, subscription_id: id } = JSON.parse(data);
		recorder.frames.push({ what: [type, resumed && "resumed", code].filter(Boolean).join(" "), table: tables.get(id) ?? null });
	};
	const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
	const lookAtRoom = () => {
		const room = JSON.stringify({
			typing: texts("#typing").join(""),
			answers: texts(".answering .body"),
			last: texts(".message:not(.answering) .body").at(-1) ?? "",
		});
		if (room !== recorder.room.at(-1)) {
			recorder.room.push(room);
		}
	};
	const look = () => {
		lookAtRoom();
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

		send(data) {
			noteSent(data);
			super.send(data);
		}
	};
	requestAnimationFrame(lookEachFrame);
	new MutationObserver(look).observe(document, { subtree: true, childList: true });
	new MutationObserver((changes) => {
		const texts = changes.filter(({ target }) => target.matches(".fresh")).map(({ target }) => target.querySelector(".title, .body").textContent);
		recorder.highlighted = [...new Set([...recorder.highlighted, ...texts])];
	}).observe(document, { subtree: true, attributeFilter: ["class"] });
}
