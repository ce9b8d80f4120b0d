/**
 * Reads `"priority desc, id"`.
 * @param {string | null | undefined} orderBy
 * @param {readonly Column[]} schema
 * @returns {Compare | null} compares rows; nulls come last
 */
export function comparison(orderBy: string | null | undefined, schema: readonly Column[]): Compare | null;
export type Compare = (a: any, b: any) => number;
import type { Column } from "./types.js";
