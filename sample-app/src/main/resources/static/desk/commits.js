/**
 * The last commits that changed what this page shows, newest first. A commit over several tables is one entry.
 */
import { byId, find, fromTemplate, setText, showTime } from "./dom.js";
import { compareIds } from "./rows.js";

const SHOWN = 8;
const NOUNS = { tickets: ["ticket", "tickets"], messages: ["message", "messages"] };
const VERBS = { insert: "added", update: "changed", delete: "gone" };

export class Commits {
	/** Newest first. Their ids are sequences. */
	#entries = [];

	/** Shows what a commit has done to a table; `lag` says how long it took, or that it was missed and caught up with. */
	show(table, { seq, commitTime, changes }, lag) {
		const { counts, item } = this.#entries.find(({ id }) => id === seq) ?? this.#add(seq, commitTime, lag);
		for (const { op } of changes) {
			const what = `${table} ${op}`;
			counts.set(what, (counts.get(what) ?? 0) + 1);
		}
		setText(find(item, ".summary"), [...counts].map(([what, count]) => describe(...what.split(" "), count)).join(", "));
	}

	close() {
		byId("commits").replaceChildren();
	}

	/** Each query catches up by itself: what comes later may be older. */
	#add(seq, commitTime, lag) {
		const entry = { id: seq, counts: new Map(), item: fromTemplate("commit") };
		setText(find(entry.item, ".seq"), seq);
		setText(find(entry.item, ".lag"), lag);
		if (commitTime) {
			showTime(find(entry.item, "time"), commitTime);
		}
		const older = this.#entries.find((other) => compareIds(other, entry) < 0);
		byId("commits").insertBefore(entry.item, older?.item ?? null);
		this.#entries = [...this.#entries, entry].sort((a, b) => compareIds(b, a));
		this.#entries.splice(SHOWN).forEach(({ item }) => item.remove());
		return entry;
	}
}

function describe(table, op, count) {
	const [one, many] = NOUNS[table];
	return op === "truncate" ? `all ${many} gone` : `${count} ${count === 1 ? one : many} ${VERBS[op]}`;
}
