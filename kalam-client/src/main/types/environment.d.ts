/**
 * @param {KalamOptions} options
 * @returns {Environment}
 */
export function environment(options: KalamOptions): Environment;
/**
 * Where the server is.
 * @param {string | undefined} url
 */
export function resolveUrl(url: string | undefined): string;
import type { KalamOptions } from "./types.js";
import type { Environment } from "./types.js";
