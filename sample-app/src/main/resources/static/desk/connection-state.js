/**
 * How the live connection is, in one word. No page, no socket: what is known goes in, what to show comes out.
 */
const LABELS = {
	live: "Live",
	"catching-up": "Catching up",
	resyncing: "Reading anew",
	loading: "Loading",
	stale: "Reconnecting",
	connecting: "Connecting",
	offline: "Offline",
	stopped: "Stopped",
};

/**
 * @param {{ isAway: boolean, connection: string, lagMs: number | null, queries: { status: string, source: string }[] }} known
 * @returns {{ state: string, label: string, detail: string }}
 */
export function connectionState(known) {
	const state = stateOf(known);
	return { state, label: LABELS[state], detail: detailOf(state, known) };
}

function stateOf({ isAway, connection, queries }) {
	const some = (status) => queries.some((query) => query.status === status);
	if (isAway || connection === "offline") {
		return "offline";
	}
	if (connection === "needs-auth" || connection === "closed" || some("denied") || some("error")) {
		return "stopped";
	}
	if (connection !== "connected") {
		return queries.some(({ source }) => source !== "none") ? "stale" : "connecting";
	}
	return some("loading") ? "loading" : some("resyncing") ? "resyncing" : some("stale") ? "catching-up" : "live";
}

function detailOf(state, { lagMs }) {
	if (state === "live") {
		return lagMs === null ? "" : `${Math.round(lagMs)} ms`;
	}
	return state === "offline" || state === "stale" ? "stale" : "";
}
