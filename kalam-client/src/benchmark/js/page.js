/**
 * One round of one side: has the table sent, then the commits, draws what is in sight once a frame, and measures.
 */
import { SIDES } from "./sides.js";

const FRAME_MS = 1_000 / 60;
const IN_SIGHT = 50;
/** What comes first is not counted. */
const WARM_UP_MS = 2_000;
const { side, rows, perSecond, seconds } = Object.fromEntries(new URLSearchParams(location.search));
const size = Number(rows);
const server = new Worker("/server.js");
const list = document.querySelector("tbody");
const samples = { commits: [], work: [], frames: [] };
let measures = false;
let isStale = false;
let busy = 0;

function timed(run) {
	const began = performance.now();
	run();
	const took = performance.now() - began;
	busy += took;
	return took;
}

const table = SIDES[side]((message) => server.postMessage({ message, rows: size }), () => (isStale = true));

for (let index = 0; index < IN_SIGHT; index++) {
	list.insertRow().append(...["id", "title", "status"].map(() => document.createElement("td")));
}

/** What a page does with rows: takes all of them, and shows those that are in sight. */
function draw() {
	isStale = false;
	const all = table.rows();
	document.querySelector("caption").textContent = `${all.length} rows`;
	for (let index = 0; index < IN_SIGHT; index++) {
		const { id = "", title = "", status = "" } = all[index] ?? {};
		const { cells } = list.rows[index];
		[id, title, status].forEach((text, column) => cells[column].textContent === text || (cells[column].textContent = text));
	}
}

const quantile = (values, q) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? 0;
const summary = (values) => ({ p50: quantile(values, 0.5), p99: quantile(values, 0.99), max: Math.max(...values) });

function results(began, expected) {
	const all = table.rows();
	const sum = all.reduce((total, { version }) => total + version, 0);
	if (side !== "nothing" && (all.length !== expected.rows || sum !== expected.sum)) {
		throw new Error(`${side} has ${all.length} rows and ${sum} changes, not ${expected.rows} and ${expected.sum}`);
	}
	return {
		side,
		snapshotMs: began.snapshot,
		commits: samples.commits.length,
		commitMs: summary(samples.commits),
		workMs: summary(samples.work),
		frameMs: summary(samples.frames),
		frames: samples.frames.length,
		missed: samples.frames.reduce((missed, ms) => missed + Math.max(0, Math.round(ms / FRAME_MS) - 1), 0),
	};
}

const post = (result) => fetch("/result", { method: "POST", body: JSON.stringify(result) }).then((next) => next.text()).then((next) => next && location.replace(next));
const fail = (error) => post({ side, error: String(error) });
addEventListener("error", ({ message }) => fail(message));
addEventListener("unhandledrejection", ({ reason }) => fail(reason));

const round = { snapshot: 0 };
let loaded = false;
server.onmessage = ({ data }) => {
	if (data.done) {
		post(results(round, data.done));
		return;
	}
	const took = timed(() => table.receive(data));
	if (measures) {
		samples.commits.push(took);
	} else if (!loaded) {
		round.snapshot += took;
	}
	if (!loaded && data.includes('"type":"mark","subscription_id"')) {
		begin();
	}
};

function begin() {
	loaded = true;
	round.snapshot += timed(draw);
	let last = performance.now();
	busy = 0;
	const eachFrame = (now) => {
		if (isStale) {
			timed(draw);
		}
		if (measures) {
			samples.frames.push(now - last);
			samples.work.push(busy);
		}
		last = now;
		busy = 0;
		requestAnimationFrame(eachFrame);
	};
	requestAnimationFrame((now) => {
		last = now;
		requestAnimationFrame(eachFrame);
		server.postMessage({ run: { rows: size, perSecond: Number(perSecond), seconds: Number(seconds) + WARM_UP_MS / 1_000 } });
		setTimeout(() => (measures = true), WARM_UP_MS);
	});
}
