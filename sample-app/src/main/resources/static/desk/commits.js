/**
 * The last commits that reached this page, newest first.
 */
import { byId, find, fromTemplate, showTime } from "./dom.js";

const SHOWN = 8;
const NOUNS = { tickets: ["ticket", "tickets"], messages: ["message", "messages"] };
const VERBS = { insert: "added", update: "changed", delete: "gone" };

export function showCommit({ seq, time, changes }) {
	const item = fromTemplate("commit");
	find(item, ".seq").textContent = seq;
	find(item, ".summary").textContent = summarize(changes);
	showTime(find(item, "time"), time);
	const list = byId("commits");
	list.prepend(item);
	while (list.children.length > SHOWN) {
		list.lastElementChild.remove();
	}
}

export function clearCommits() {
	byId("commits").replaceChildren();
}

function summarize(changes) {
	const counts = new Map();
	for (const { name, op } of changes) {
		const what = `${name} ${op}`;
		counts.set(what, (counts.get(what) ?? 0) + 1);
	}
	return [...counts].map(([what, count]) => describe(...what.split(" "), count)).join(", ");
}

function describe(name, op, count) {
	const [one, many] = NOUNS[name];
	return op === "truncate" ? `all ${many} gone` : `${count} ${count === 1 ? one : many} ${VERBS[op]}`;
}
