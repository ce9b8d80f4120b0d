import { createKalam } from "../../main/js/kalam.js";
import { FakeServer } from "./fake-server.js";
import { FakePage, Log, VirtualClock, seeded, settle, token } from "./virtual.js";

export { settle };

/** A server, and pages on one clock. */
export class World {
	clock = new VirtualClock();
	server = new FakeServer(this.clock).table("tickets").table("messages");
	#random = seeded(7);

	/** A page with a client. */
	page(options = {}) {
		const page = new FakePage();
		const log = new Log();
		const asked = [];
		const user = options.user ?? "alice";
		const { environment, ...others } = options;
		const kalam = createKalam({
			url: "ws://server/v1/ws",
			getToken: async (context) => {
				asked.push(context.reason);
				return token(user, { n: undefined });
			},
			share: false,
			WebSocket: this.server.WebSocket,
			clock: this.clock,
			random: this.#random,
			logger: log,
			environment: { page, ...environment },
			...others,
		});
		return { kalam, page, log, asked };
	}
}

/** Follows a query and keeps what it showed. */
export function watch(query) {
	const shown = [];
	const end = query.subscribe(() => shown.push(query.getSnapshot()));
	return { shown, end, last: () => query.getSnapshot(), ids: () => query.getSnapshot().data.map((row) => row.id) };
}

export const ticket = (id, title = `ticket ${id}`) => ({ id: String(id), title });
