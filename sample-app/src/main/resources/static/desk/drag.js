/**
 * Dragging with mouse, pen or finger: a mouse takes a card as soon as it moves, a finger after a moment of rest, so that
 * the page can still be scrolled.
 */
const FAR_PX = 6;
const REST_MS = 350;

/** Lets an element be dragged to others; `targetAt` finds them, `over` hears of each, `drop` of the last. */
export function draggable(element, { targetAt, over, drop }) {
	element.addEventListener("pointerdown", (event) => {
		if (event.button === 0 && !event.target.closest(".more")) {
			begin(element, event, { targetAt, over, drop });
		}
	});
}

function begin(element, start, { targetAt, over, drop }) {
	const aborter = new AbortController();
	const { signal } = aborter;
	let dragging = false;
	let target = null;
	const lift = () => {
		dragging = true;
		element.classList.add("dragged");
	};
	const timer = start.pointerType === "mouse" ? 0 : setTimeout(lift, REST_MS);
	const end = () => {
		clearTimeout(timer);
		aborter.abort();
		element.classList.remove("dragged");
		element.style.translate = "";
		over(null);
	};
	const move = (event) => {
		const [x, y] = [event.clientX - start.clientX, event.clientY - start.clientY];
		const far = Math.hypot(x, y) > FAR_PX;
		if (!dragging && far && start.pointerType === "mouse") {
			lift();
		} else if (!dragging && far) {
			end();
		}
		if (dragging) {
			element.style.translate = `${x}px ${y}px`;
			target = targetAt(event.clientX, event.clientY);
			over(target);
		}
	};
	const up = () => {
		const dropped = dragging;
		end();
		if (dropped) {
			addEventListener("click", (event) => event.stopPropagation(), { capture: true, once: true, signal: AbortSignal.timeout(50) });
			drop(target);
		}
	};
	addEventListener("pointermove", move, { signal });
	addEventListener("pointerup", up, { signal });
	addEventListener("pointercancel", end, { signal });
	addEventListener("keydown", ({ key }) => key === "Escape" && end(), { signal });
	element.addEventListener("touchmove", (event) => dragging && event.preventDefault(), { passive: false, signal });
}
