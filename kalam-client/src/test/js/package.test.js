import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const manifest = JSON.parse(read("package.json"));

test("everything that the package exports is in it", () => {
	const paths = Object.values(manifest.exports).flatMap((target) => (typeof target === "string" ? [] : Object.values(target)));
	assert.equal(paths.length, 11);
	for (const path of paths) {
		assert.ok(existsSync(new URL(path, root)), path);
		assert.ok(manifest.files.some((directory) => path.startsWith(`./${directory}/`)), `${path} is not among the files`);
	}
});

test("it depends on nothing", () => assert.equal(manifest.dependencies, undefined));

test("the lock file names no place to download from", () => assert.ok(!/"resolved"|https?:\/\/registry/.test(read("package-lock.json"))));

test("modules import each other only, but for React's hooks", () => {
	for (const name of readdirSync(new URL("src/main/js/", root))) {
		const imports = [...read(`src/main/js/${name}`).matchAll(/(?:^import [^*]*?|^export \{[^}]*\} from |await import\(|void import\()"([^"]+)"/gm)].map(([, from]) => from);
		assert.ok(imports.every((from) => from.startsWith("./") || (name === "react.js" && from === "react")), `${name}: ${imports}`);
	}
});
