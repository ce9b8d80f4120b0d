/**
 * What a browser offers. Nothing is touched before it is used, so that the client can be made on a server too.
 * @import { Environment, KalamOptions, Page } from "./types.js"
 */

/** @type {typeof globalThis & { document?: Document, navigator?: Navigator }} */
const global = globalThis;

/** @type {Page} */
const PAGE = {
	hidden: () => global.document?.hidden ?? false,
	online: () => global.navigator?.onLine ?? true,
	on(event, run) {
		const target = event === "visibilitychange" || event === "resume" ? global.document : global;
		target?.addEventListener?.(event, run);
		return () => target?.removeEventListener?.(event, run);
	},
};

/**
 * @param {KalamOptions} options
 * @returns {Environment}
 */
export function environment(options) {
	return {
		WebSocket: options.WebSocket ?? global.WebSocket,
		clock: options.clock ?? {
			now: () => performance.now(),
			setTimeout: (run, ms) => setTimeout(run, ms),
			clearTimeout: (timer) => clearTimeout(timer),
		},
		random: options.random ?? Math.random,
		logger: options.logger ?? console,
		page: PAGE,
		indexedDB: global.indexedDB,
		locks: global.navigator?.locks,
		BroadcastChannel: global.document ? global.BroadcastChannel : undefined,
		subtle: global.crypto?.subtle,
		...options.environment,
	};
}

/**
 * Where the server is.
 * @param {string | undefined} url
 */
export function resolveUrl(url) {
	const resolved = new URL(url ?? "/v1/ws", global.location?.href);
	resolved.protocol = resolved.protocol.replace("http", "ws");
	if (resolved.search || resolved.username || resolved.hash) {
		throw new TypeError("The url must have no user, query or fragment: a token there would be logged. Use getToken.");
	}
	return resolved.href;
}
