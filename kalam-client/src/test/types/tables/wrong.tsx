/** What must not compile: the build wants exactly the errors that are named behind each line. */
import { createKalam } from "kalam-client";
import { useRealtimeTable } from "kalam-client/react";
import type { EveryType, PublicTicket } from "./kalam-tables.js";

const kalam = createKalam({ getToken: () => "token" });
const tickets = kalam.table("tickets").getSnapshot().data;

tickets[0]?.titel; // TS2551
tickets.forEach((row) => row.assignee_id.length); // TS18047
tickets.forEach((row) => row.status === "closed"); // TS2367
tickets.forEach((row) => void (row.title = "")); // TS2540
tickets.forEach((row) => Math.abs(row.id)); // TS2345
kalam.table("tikcets"); // TS2769
kalam.table(String(tickets)); // TS2769

export function Board() {
	const { data } = useRealtimeTable("desk.messages");
	useRealtimeTable("nothing"); // TS2769
	return data[0]?.gone; // TS2339
}

export function every(row: EveryType, ticket: PublicTicket) {
	const double: number = row.c_float8; // TS2322
	const count: number = row.c_int8; // TS2322
	row.c_int4s.push(1); // TS2339
	row.c_json.name; // TS18046
	return [double, count, ticket.status satisfies "open"]; // TS1360
}
