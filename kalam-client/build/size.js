/**
 * Prints what the client weighs, and fails if it weighs too much.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const LIMITS = { core: 12 * 1024, react: 15 * 1024 };
const root = fileURLToPath(new URL("..", import.meta.url));
const sources = join(root, "src/main/js");
const weight = (bytes) => gzipSync(bytes, { level: 9 }).length;
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;

/** The minified bundle of entries, by what is loaded with them and what only when it is used. */
async function bundle(...entries) {
	const { outputFiles } = await build({
		entryPoints: entries.map((entry) => join(sources, entry)),
		bundle: true,
		splitting: true,
		minify: true,
		write: false,
		format: "esm",
		target: "es2022",
		outdir: "out",
		external: ["react"],
	});
	const weigh = (pattern) => outputFiles.filter(({ path }) => pattern.test(path)).reduce((sum, { contents }) => sum + weight(contents), 0);
	return { core: weigh(/(?<!(keeper|tabs|identity)-[^/]*)\.js$/), storage: weigh(/keeper-[^/]*\.js$/), tabs: weigh(/(tabs|identity)-[^/]*\.js$/) };
}

const modules = readdirSync(sources).filter((name) => name.endsWith(".js") && !["react.js", "tanstack.js", "types.js"].includes(name));
const asTheyAre = modules.reduce((sum, name) => sum + weight(readFileSync(join(sources, name))), 0);
const kalam = await bundle("kalam.js");
const react = (await bundle("kalam.js", "react.js")).core;
const tanstack = (await bundle("tanstack.js")).core;
console.log(`kalam-client, minified and gzipped: core ${kib(kalam.core)} (at most ${kib(LIMITS.core)}), with React ${kib(react)} (at most ${kib(LIMITS.react)}); loaded when they are used: tabs ${kib(kalam.tabs)}, storage ${kib(kalam.storage)}; TanStack DB ${kib(tanstack)}.`);
console.log(`All ${modules.length} modules as they are in the jar: ${kib(asTheyAre)} gzipped.`);
if (kalam.core > LIMITS.core || react > LIMITS.react) {
	console.error("That is too much.");
	process.exitCode = 1;
}
