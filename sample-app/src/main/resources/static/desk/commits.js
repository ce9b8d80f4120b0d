/**
 * The last commits that changed what this page shows, newest first. A commit over several tables is one entry.
 */
import { byId, find, fromTemplate, setText, showTime } from "./dom.js";

const SHOWN = 8;
const NOUNS = { tickets: ["ticket", "tickets"], messages: ["message", "messages"] };
const VERBS = { insert: "added", update: "changed", delete: "gone" };

export class Commits {
	#newest = null;

	/** Shows what a commit has done to a table; `lag` says how long it took, or that it was missed and caught up with. */
	show(table, { seq, commitTime, changes }, lag) {
		if (this.#newest?.seq !== seq) {
			this.#newest = { seq, counts: new Map(), item: fromTemplate("commit") };
			this.#begin(commitTime, lag);
		}
		for (const { op } of changes) {
			const what = `${table} ${op}`;
			this.#newest.counts.set(what, (this.#newest.counts.get(what) ?? 0) + 1);
		}
		const summary = [...this.#newest.counts].map(([what, count]) => describe(...what.split(" "), count)).join(", ");
		setText(find(this.#newest.item, ".summary"), summary);
	}

	close() {
		byId("commits").replaceChildren();
	}

	#begin(commitTime, lag) {
		const { seq, item } = this.#newest;
		setText(find(item, ".seq"), seq);
		setText(find(item, ".lag"), lag);
		if (commitTime) {
			showTime(find(item, "time"), commitTime);
		}
		const list = byId("commits");
		list.prepend(item);
		while (list.children.length > SHOWN) {
			list.lastElementChild.remove();
		}
	}
}

function describe(table, op, count) {
	const [one, many] = NOUNS[table];
	return op === "truncate" ? `all ${many} gone` : `${count} ${count === 1 ? one : many} ${VERBS[op]}`;
}
