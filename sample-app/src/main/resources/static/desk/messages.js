/**
 * The messages of one room.
 */
import {
	byId, compareIds, find, flash, forgetOthers, fromTemplate, showAvatar, showNote, showRows, showTime,
} from "./dom.js";

const SQL = "SELECT id, author, body, created_at FROM messages WHERE room = $1";
const ROOMS = ["general", "incidents"];
const NEWEST = 100;

export class Room {
	#kalam;
	#send;
	#user;
	#room = ROOMS[0];
	#query = null;
	#items = new Map();
	#aborter = new AbortController();

	constructor(kalam, user, send) {
		this.#kalam = kalam;
		this.#user = user;
		this.#send = send;
		this.#showRooms();
		const signal = this.#aborter.signal;
		byId("new-message").addEventListener("submit", (event) => this.#submit(event), { signal });
	}

	open() {
		this.#enter(this.#room);
	}

	close() {
		this.#aborter.abort();
		byId("messages").replaceChildren();
		byId("rooms").querySelectorAll("label").forEach((label) => label.remove());
	}

	flash(id) {
		flash(this.#items.get(id));
	}

	#enter(room) {
		this.#query?.close();
		this.#room = room;
		this.#items.clear();
		byId("messages").replaceChildren();
		const query = { name: "messages", sql: SQL, params: [room], lastRows: NEWEST };
		this.#query = this.#kalam.live(query, (state) => this.#show(state));
	}

	#show({ status, error, rows }) {
		const empty = status === "live" && rows.length === 0 ? "Nobody has said anything yet." : null;
		showNote(byId("messages-note"), error ?? (status === "loading" ? "Waiting for the live connection …" : empty));
		const list = byId("messages");
		const atEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 40;
		const newest = rows.sort(compareIds).slice(-NEWEST);
		showRows(list, newest, this.#items, (row) => this.#create(row), update);
		forgetOthers(this.#items, newest);
		if (atEnd) {
			list.scrollTop = list.scrollHeight;
		}
	}

	#create({ id, author, created_at: createdAt }) {
		const item = fromTemplate("message");
		item.classList.toggle("mine", author === this.#user);
		showAvatar(find(item, ".avatar"), author);
		showTime(find(item, "time"), createdAt);
		find(item, ".author").textContent = author;
		if (author === this.#user) {
			find(item, ".delete").setAttribute("aria-label", `Delete message ${id}`);
			find(item, ".delete").addEventListener("click", () => this.#send("DELETE", `/api/messages/${id}`));
		} else {
			find(item, ".delete").remove();
		}
		return item;
	}

	#showRooms() {
		byId("rooms").append(...ROOMS.map((room) => {
			const radio = document.createElement("input");
			const label = document.createElement("label");
			Object.assign(radio, { type: "radio", name: "room", value: room, checked: room === this.#room });
			radio.addEventListener("change", () => this.#enter(room));
			label.append(radio, room);
			return label;
		}));
	}

	async #submit(event) {
		event.preventDefault();
		const input = event.target.elements.body;
		if (await this.#send("POST", "/api/messages", { room: this.#room, body: input.value })) {
			input.value = "";
		}
	}
}

function update(item, row) {
	find(item, ".body").textContent = row.body;
}
