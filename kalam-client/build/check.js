/**
 * Checks the types of the client, that the committed declarations are those of the sources, and that a front end in
 * TypeScript can use them, with and without the types of its tables.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Declarations that no source has. */
const BY_HAND = new Set(["tables.d.ts"]);
const root = fileURLToPath(new URL("..", import.meta.url));
const committed = join(root, "src/main/types");
const usage = join(root, "src/test/types");
const written = mkdtempSync(join(tmpdir(), "kalam-types-"));
const tsc = join(root, "node_modules/typescript/bin/tsc");

function read(directory) {
	const names = readdirSync(directory).filter((name) => !BY_HAND.has(name));
	return new Map(names.sort().map((name) => [name, readFileSync(join(directory, name), "utf8")]));
}

function compile(...options) {
	execFileSync(process.execPath, [tsc, ...options], { stdio: "inherit" });
}

function fail(message) {
	console.error(message);
	process.exitCode = 1;
}

function checkDeclarations() {
	compile("-p", join(root, "tsconfig.json"), "--outDir", written);
	const [now, then] = [read(written), read(committed)];
	const stale = [...new Set([...now.keys(), ...then.keys()])].filter((name) => now.get(name) !== then.get(name));
	if (stale.length > 0) {
		fail(`The declarations are not those of the sources: ${stale.join(", ")}. Type: npm run types`);
	}
}

/** Each line that must not compile names its error behind it; there must be no others. */
function checkErrors(project, file) {
	const { stdout } = spawnSync(process.execPath, [tsc, "-p", join(usage, project), "--pretty", "false"], { encoding: "utf8", cwd: join(usage, "tables") });
	const found = [...stdout.matchAll(/^(\S+)\((\d+),\d+\): error (TS\d+)/gm)].map(([, name, line, code]) => `${name}:${line} ${code}`);
	const lines = readFileSync(join(usage, "tables", file), "utf8").split("\n");
	const expected = lines.flatMap((line, index) => [...line.matchAll(/\/\/ (TS\d+)$/g)].map(([, code]) => `${file}:${index + 1} ${code}`));
	const missing = expected.filter((one) => !found.includes(one));
	if (expected.length === 0 || missing.length > 0 || found.some((one) => !expected.includes(one))) {
		fail(`Not the errors of ${file}; missing: ${missing.join(", ") || "none"}; found:\n${stdout}`);
	}
}

try {
	checkDeclarations();
	compile("-p", join(usage, "declarations.json"));
	compile("-p", join(usage, "tsconfig.json"));
	checkErrors("tables/tsconfig.json", "wrong.tsx");
} catch (error) {
	fail(error.message);
} finally {
	rmSync(written, { recursive: true });
}
