/** What a front end writes that has the types of its tables from the server. Compiled by the build, never run. */
import { createKalam, type LiveQuery } from "kalam-client";
import { useLiveQuery, useRealtimeTable } from "kalam-client/react";
import { kalamCollectionOptions } from "kalam-client/tanstack";
import { createCollection } from "@tanstack/db";
import type { KalamTables } from "kalam-client/tables";
import { createElement } from "react";
import type { EveryType, KalamArray, Message, PublicTicket } from "./kalam-tables.js";

const kalam = createKalam({ getToken: () => "token" });

const tickets: LiveQuery<PublicTicket> = kalam.table("tickets", { orderBy: "id" });
const [ticket] = tickets.getSnapshot().data;
const title: string | undefined = ticket?.title;
const status: "open" | "in progress" | "it's \"done\"" | undefined = ticket?.status;
const old: readonly KalamTables["desk.tickets"][] = kalam.table("desk.tickets").getSnapshot().data;
const number: number | undefined = old[0]?.no;
const message: LiveQuery<Message> = kalam.table("desk.messages");

/** Who says what the rows are is believed, whatever the name. */
const given = kalam.table<{ id: string }>("tickets").getSnapshot().data[0]?.id;
const unknown = kalam.table<{ id: string }>("others").getSnapshot().data[0]?.id;
const part = kalam.live<Pick<PublicTicket, "id" | "title">>("SELECT id, title FROM tickets").getSnapshot().data[0]?.title;

function every(row: EveryType) {
	const big: bigint = BigInt(row.c_int8);
	const float: number = Number(row.c_float8);
	const json = row.c_jsonb as { a: number };
	const tags: KalamArray<number> = row.c_int4s;
	const flat = row.c_int4s as readonly number[];
	return [big, float, json.a, tags.length, flat.map((tag) => tag + 1), row.c_bool && row.c_numeric?.length];
}

export function Board() {
	const { data, error } = useRealtimeTable("tickets");
	const one = useLiveQuery<PublicTicket>("SELECT * FROM tickets WHERE id = $1", { params: ["1"] });
	const mine = useRealtimeTable<{ id: number }>("others", { orderBy: "id" });
	return createElement("p", null, error?.message, data.map((row) => row.title.trim()), one.data[0]?.assignee_id, mine.data[0]?.id);
}

export const collection = createCollection(kalamCollectionOptions({ kalam, table: "tickets", getKey: (row: PublicTicket) => row.id }));
export default [title, status, number, message, given, unknown, part, every];
