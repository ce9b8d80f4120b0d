/**
 * Measures the client in a headless Chromium, beside a collection of TanStack DB that is fed with the same frames, and beside
 * nothing. Rounds alternate; each has a page of its own. Prints a table and writes it, with all figures, to `target`.
 *
 * `npm run benchmark -- rounds=5 seconds=5 rows=50000 perSecond=1000`
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const TARGET = fileURLToPath(new URL("../../../target/", import.meta.url));
const SIDES = ["kalam", "tanstack", "nothing"];
const TIMEOUT_MS = 120_000;
const PAGE = '<!DOCTYPE html><title>Benchmark</title><table><caption></caption><tbody></tbody></table><script type="module" src="/page.js"></script>';
/** Without these, a page's clock has steps of 0.1 ms. */
const HEADERS = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

const options = { rounds: 5, seconds: 5, rows: 50_000, perSecond: 1_000 };
for (const argument of process.argv.slice(2)) {
	const [name, value] = argument.split("=");
	if (!Object.hasOwn(options, name) || !(Number(value) > 0)) {
		throw new Error(`"${argument}" is none of ${Object.keys(options).map((one) => `${one}=number`).join(", ")}`);
	}
	options[name] = Number(value);
}

const plan = Array.from({ length: options.rounds }, (_, round) => SIDES.map((_, index) => SIDES[(index + round) % SIDES.length])).flat();
const results = [];

async function bundle() {
	const { outputFiles } = await build({ entryPoints: [join(HERE, "page.js")], bundle: true, minify: true, write: false, format: "esm", target: "es2022" });
	return { "/page.js": outputFiles[0].contents, "/server.js": readFileSync(join(HERE, "server.js")) };
}

function address() {
	const { rows, perSecond, seconds } = options;
	const side = plan[results.length];
	return side ? `/?${new URLSearchParams({ side, rows, perSecond, seconds })}` : "";
}

/** Serves the page, and gives the results of all rounds. */
async function serve(files) {
	const server = createServer(async (request, response) => {
		const { pathname } = new URL(request.url, "http://localhost");
		if (request.method === "POST") {
			const result = JSON.parse(Buffer.concat(await request.toArray()).toString());
			results.push(result);
			response.end(result.error ? "" : address());
			if (result.error || results.length === plan.length) {
				server.emit("finished", result.error);
			}
			return;
		}
		const script = files[pathname];
		response.writeHead(200, { ...HEADERS, "Content-Type": script ? "text/javascript" : "text/html; charset=utf-8" });
		response.end(script ?? PAGE);
	});
	await new Promise((listening) => server.listen(0, "localhost", listening));
	return server;
}

function browse(url, profile) {
	const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
	return spawn("chromium", [...flags, `--user-data-dir=${profile}`, url], { stdio: "ignore", detached: true });
}

async function measure() {
	const server = await serve(await bundle());
	const profile = mkdtempSync(join(tmpdir(), "kalam-benchmark-"));
	const browser = browse(`http://localhost:${server.address().port}${address()}`, profile);
	try {
		await new Promise((resolve, reject) => {
			const limit = setTimeout(() => reject(new Error("The browser does not answer.")), plan.length * (options.seconds + 10) * 1_000 + TIMEOUT_MS);
			browser.on("error", () => reject(new Error("There is no chromium on the PATH (Debian: apt-get install chromium).")));
			server.on("finished", (error) => {
				clearTimeout(limit);
				error ? reject(new Error(error)) : resolve();
			});
		});
	} finally {
		await end(browser);
		server.close();
		server.closeAllConnections();
		rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
	}
}

/** Ends the browser with the processes that it has started. */
function end(browser) {
	return new Promise((gone) => {
		if (browser.pid === undefined || browser.exitCode !== null) {
			gone();
			return;
		}
		browser.on("exit", gone);
		process.kill(-browser.pid);
	});
}

const FIGURES = {
	"snapshot, ms of the page": ({ snapshotMs }) => snapshotMs,
	"a commit, p50 ms": ({ commitMs }) => commitMs.p50,
	"a commit, p99 ms": ({ commitMs }) => commitMs.p99,
	"a commit, max ms": ({ commitMs }) => commitMs.max,
	"work in a frame, p50 ms": ({ workMs }) => workMs.p50,
	"work in a frame, p99 ms": ({ workMs }) => workMs.p99,
	"work in a frame, max ms": ({ workMs }) => workMs.max,
	"from frame to frame, p50 ms": ({ frameMs }) => frameMs.p50,
	"from frame to frame, p99 ms": ({ frameMs }) => frameMs.p99,
	"from frame to frame, max ms": ({ frameMs }) => frameMs.max,
	"frames missed, of 1,000": ({ missed, frames }) => (1_000 * missed) / frames,
};

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

function table() {
	const of = (side, figure) => median(results.filter((result) => result.side === side).map(figure));
	const lines = Object.entries(FIGURES).map(([name, figure]) => {
		const [kalam, tanstack, nothing] = SIDES.map((side) => of(side, figure));
		return `| ${name} | ${[kalam, tanstack, nothing].map((value) => value.toFixed(3)).join(" | ")} | ${(kalam / tanstack).toFixed(2)} |`;
	});
	return ["| medians of the rounds | kalam | TanStack DB | nothing | ratio |", "|---|---|---|---|---|", ...lines, ""].join("\n");
}

const load = { before: loadavg()[0] };
await measure();
load.after = loadavg()[0];
mkdirSync(TARGET, { recursive: true });
writeFileSync(join(TARGET, "browser.json"), `${JSON.stringify({ options, machine: { processors: cpus().length, load }, results }, null, "\t")}\n`);
writeFileSync(join(TARGET, "browser.md"), table());
console.log(`${JSON.stringify(options)}, ${cpus().length} processors, load ${load.before.toFixed(1)} before and ${load.after.toFixed(1)} after.\n\n${table()}`);
