/**
 * Checks the types of the client, that the committed declarations are those of the sources, and that a front end in
 * TypeScript can use them.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const committed = join(root, "src/main/types");
const written = mkdtempSync(join(tmpdir(), "kalam-types-"));

function read(directory) {
	return new Map(readdirSync(directory).sort().map((name) => [name, readFileSync(join(directory, name), "utf8")]));
}

try {
	const tsc = join(root, "node_modules/typescript/bin/tsc");
	execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.json"), "--outDir", written], { stdio: "inherit" });
	const [now, then] = [read(written), read(committed)];
	const stale = [...new Set([...now.keys(), ...then.keys()])].filter((name) => now.get(name) !== then.get(name));
	if (stale.length > 0) {
		console.error(`The declarations are not those of the sources: ${stale.join(", ")}. Type: npm run types`);
		process.exitCode = 1;
	}
	execFileSync(process.execPath, [tsc, "-p", join(root, "src/test/types/tsconfig.json")], { stdio: "inherit" });
} catch {
	process.exitCode = 1;
} finally {
	rmSync(written, { recursive: true });
}
