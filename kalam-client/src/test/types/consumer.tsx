/** What a front end in TypeScript writes. Compiled by the build against the declarations, never run. */
import { createCollection } from "@tanstack/db";
import { createKalam, type Kalam, KalamError, type LiveState, type Transaction } from "kalam-client";
import { KalamProvider, useConnection, useKalam, useLiveQuery, useRealtimeTable } from "kalam-client/react";
import { kalamCollectionOptions } from "kalam-client/tanstack";
import { createElement } from "react";

interface Ticket {
	readonly id: string;
	title: string | null;
}

const kalam: Kalam = createKalam({
	getToken: async ({ reason }) => (reason === "refresh" ? "new" : "old"),
	persist: "indexeddb",
	logger: console,
});
const tickets = kalam.live<Ticket>("SELECT id, title FROM tickets WHERE id = ANY ($1)", { params: [["1", "2"]], lastRows: 20, orderBy: "id" });
const end: () => void = tickets.subscribe(() => {
	const state: LiveState<Ticket> = tickets.getSnapshot();
	const titles: (string | null)[] = state.data.map(({ title }) => title);
	console.log(titles, state.status === "live", state.error?.code);
});
tickets.onTransaction(({ seq, changes }: Transaction) => console.log(seq, changes.map(({ op }) => op)));
tickets.ready().then(({ data }) => data[0]?.title, (error: unknown) => error instanceof KalamError && error.code);
kalam.connection.subscribe(() => console.log(kalam.connection.getSnapshot() === "needs-auth", kalam.error?.message));
kalam.setAuth("refresh");
end();

// @ts-expect-error there is no such option
kalam.live("SELECT 1", { limit: 5 });
// @ts-expect-error a token is needed
createKalam({});
// @ts-expect-error the rows are not to be changed
tickets.getSnapshot().data.push({ id: "1", title: "" });

export function Board() {
	const { data, loading, error } = useRealtimeTable<Ticket>("tickets");
	const one = useLiveQuery<Ticket>("SELECT * FROM tickets WHERE id = $1", { params: ["1"] });
	const live: boolean = useConnection() === "connected" && useKalam() === kalam;
	return createElement("p", null, error?.message ?? String(loading), data.map(({ title }) => title), one.data.length, live);
}

export const tree = createElement(KalamProvider, { kalam }, createElement(Board));

export const collection = createCollection(kalamCollectionOptions({ kalam, table: "tickets", getKey: (ticket: Ticket) => ticket.id }));
export const first: Ticket | undefined = collection.get("1");
