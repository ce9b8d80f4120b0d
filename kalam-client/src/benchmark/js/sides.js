/**
 * What is compared. Each side is told of the server's messages one by one, as a socket does it, keeps the table, and says when
 * it has changed.
 *
 * @typedef {object} Side
 * @property {(text: string) => void} receive
 * @property {() => readonly any[]} rows all of them
 */
import { createCollection } from "@tanstack/db";
import { createKalam } from "../../main/js/kalam.js";

/** The client, with its socket replaced by a thread. @returns {Side} */
function kalam(send, changed) {
	let socket;
	const client = createKalam({
		url: "ws://benchmark/v1/ws",
		getToken: async () => "token",
		share: false,
		WebSocket: class {
			constructor() {
				socket = this;
				queueMicrotask(() => this.onopen());
			}

			send(text) {
				send(JSON.parse(text));
			}

			close() {}
		},
	});
	const query = client.table("tickets");
	query.subscribe(changed);
	return { receive: (data) => socket.onmessage({ data }), rows: () => query.getSnapshot().data };
}

/** A collection of TanStack DB with the least that can feed it: no checks, no gaps, no resume. @returns {Side} */
function tanstack(send, changed) {
	let writer;
	const collection = createCollection({
		id: "tickets",
		getKey: (row) => row.id,
		startSync: true,
		sync: { rowUpdateMode: "full", sync: (given) => void (writer = given) },
	});
	collection.subscribeChanges(changed);
	const write = (messages) => {
		writer.begin();
		messages.forEach((message) => writer.write(message));
		writer.commit();
	};
	let snapshot = [];
	send({ type: "subscribe", subscription: { id: "a" } });
	return {
		receive(text) {
			const frame = JSON.parse(text);
			if (frame.type === "transaction") {
				write(frame.changes.map(({ op, row, old }) => ({ type: op, value: row ?? old })));
			} else if (frame.type === "initial_data_batch") {
				snapshot = snapshot.concat(frame.rows);
				if (!frame.batch_control.has_more) {
					write(snapshot.map((value) => ({ type: "insert", value })));
					writer.markReady();
				}
			}
		},
		rows: () => collection.toArray,
	};
}

/** Reads the messages and keeps nothing: what the machine takes by itself. @returns {Side} */
function nothing(send, changed) {
	const rows = [];
	send({ type: "subscribe", subscription: { id: "a" } });
	return {
		receive(text) {
			const frame = JSON.parse(text);
			rows.length = 0;
			rows.push(...(frame.rows ?? []));
			changed();
		},
		rows: () => rows,
	};
}

export const SIDES = { kalam, tanstack, nothing };
