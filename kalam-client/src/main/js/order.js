/**
 * How rows are sorted.
 * @import { Column } from "./types.js"
 */

/** @typedef {(a: any, b: any) => number} Compare */

const NUMERIC = /^-?\d+(\.\d+)?$/;

/** Types whose values are numbers written as strings. */
const DIGITS = new Set(["int8", "oid", "xid8", "numeric"]);

/**
 * Reads `"priority desc, id"`.
 * @param {string | null | undefined} orderBy
 * @param {readonly Column[]} schema
 * @returns {Compare | null} compares rows; nulls come last
 */
export function comparison(orderBy, schema) {
	if (!orderBy) {
		return null;
	}
	const terms = orderBy.split(",").map((term) => read(term, schema));
	return (a, b) => {
		for (const { column, sign, compare } of terms) {
			const [x, y] = [a[column] ?? null, b[column] ?? null];
			const order = x === null || y === null ? Number(x === null) - Number(y === null) : sign * compare(x, y);
			if (order !== 0) {
				return order;
			}
		}
		return 0;
	};
}

/**
 * @param {string} term
 * @param {readonly Column[]} schema
 */
function read(term, schema) {
	const match = /^\s*("(?:[^"]|"")+"|\S+)(?:\s+(asc|desc))?\s*$/i.exec(term);
	if (!match?.[1]) {
		throw new TypeError(`orderBy has to be like "priority desc, id", not "${term}".`);
	}
	const column = match[1].startsWith('"') ? match[1].slice(1, -1).replaceAll('""', '"') : match[1];
	const type = schema.find(({ name }) => name === column)?.pg_type ?? "";
	return { column, sign: match[2]?.toLowerCase() === "desc" ? -1 : 1, compare: DIGITS.has(type) ? compareDigits : compareValues };
}

/** @type {Compare} */
function compareValues(a, b) {
	return a < b ? -1 : Number(a > b);
}

/**
 * Compares numbers of any size, written as Postgres writes them.
 * @type {Compare}
 */
function compareDigits(a, b) {
	if (!NUMERIC.test(a) || !NUMERIC.test(b)) {
		return compareValues(Number(a), Number(b));
	}
	const negative = a.startsWith("-");
	if (negative !== b.startsWith("-")) {
		return negative ? -1 : 1;
	}
	return negative ? compareUnsigned(b.slice(1), a.slice(1)) : compareUnsigned(a, b);
}

/** @type {Compare} */
function compareUnsigned(a, b) {
	const [x, xFraction = ""] = a.split(".");
	const [y, yFraction = ""] = b.split(".");
	return x.length - y.length || compareValues(x, y) || compareValues(xFraction.replace(/0+$/, ""), yFraction.replace(/0+$/, ""));
}
