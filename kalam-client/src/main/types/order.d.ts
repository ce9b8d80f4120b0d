/**
 * Reads `"priority desc, id"`.
 * @param {string | null} orderBy
 * @param {readonly Column[]} schema
 * @returns {Compare | null} compares rows; nulls come last
 */
export function comparison(orderBy: string | null, schema: readonly Column[]): Compare | null;
export type Compare = (a: any, b: any) => number;
import type { Column } from "./types.js";
