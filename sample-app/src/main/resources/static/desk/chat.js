/**
 * The messages of one room, and the answers that are being made there.
 */
import { announce } from "./announce.js";
import { byId, find, fromTemplate, segment, setText, showTime } from "./dom.js";
import { highlight } from "./motion.js";
import { showNote } from "./note.js";
import { showAvatar } from "./people.js";
import { compareIds, forgetOthers, keepFocus, showRows } from "./rows.js";
import { Typing } from "./typing.js";

const SQL = "SELECT id, author, body, created_at FROM messages WHERE room = $1";
const ANSWERS = "SELECT question_id, body FROM answer WHERE room = $1";
const ASSISTANT = "@desk";
const ROOMS = ["general", "incidents"];
const NEWEST = 100;
const NEAR_PX = 60;

export class Chat {
	#kalam;
	#user;
	#writes;
	#heard;
	#room;
	#answers;
	#items = new Map();
	#typing;
	#aborter = new AbortController();
	#leave = () => {};

	/** @param heard what to call: `commit` with each that changes the room, `change` when its query is another one or in another state */
	constructor(kalam, user, writes, heard) {
		this.#kalam = kalam;
		this.#user = user;
		this.#writes = writes;
		this.#heard = heard;
		byId("rooms").append(...ROOMS.map((room, index) => segment("room", room, room, index === 0, () => this.#enter(room))));
		const { signal } = this.#aborter;
		byId("composer").addEventListener("submit", (event) => this.#submit(event), { signal });
		byId("composer").addEventListener("input", ({ target }) => this.#typing.follow(target.value), { signal });
		byId("ask").addEventListener("click", () => this.#say(`${ASSISTANT} ${byId("ask").dataset.question}`), { signal });
		this.#enter(ROOMS[0]);
	}

	/** Draws attention to what somebody else has written. */
	point({ id, author, body }) {
		const item = this.#items.get(id);
		if (item) {
			highlight(item);
			announce(`${author}: ${body}`);
		}
	}

	close() {
		this.#leave();
		this.#aborter.abort();
		byId("messages").replaceChildren();
		byId("rooms").querySelectorAll("label").forEach((label) => label.remove());
	}

	#enter(room) {
		this.#leave();
		this.#room = room;
		this.#items.clear();
		byId("messages").replaceChildren();
		this.query = this.#kalam.live(SQL, { params: [room] });
		this.#answers = this.#kalam.live(ANSWERS, { params: [room], orderBy: "question_id" });
		this.#typing = new Typing(this.#kalam, this.#user, room);
		const show = () => this.#show();
		const ends = [this.query.onTransaction(this.#heard.commit), this.query.subscribe(show), this.#answers.subscribe(show), () => this.#typing.close()];
		this.#leave = () => ends.forEach((end) => end());
		this.#show();
	}

	#show() {
		const state = this.query.getSnapshot();
		const list = byId("messages");
		const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
		const rows = [...[...state.data].sort(compareIds).slice(-NEWEST), ...this.#answering()];
		list.toggleAttribute("data-stale", state.stale);
		list.setAttribute("aria-busy", String(state.loading));
		list.dataset.empty = state.loading ? "Loading …" : "Nobody has said anything yet.";
		showNote("messages-note", state, this.query);
		keepFocus(() => showRows(list, rows, this.#items, (row) => this.#create(row), update));
		forgetOthers(this.#items, rows);
		if (atEnd) {
			list.scrollTop = list.scrollHeight;
		}
		this.#heard.change();
	}

	/** The end of an answer and its message are one commit, of which nobody hears before both queries have it. */
	#answering() {
		const { data, status } = this.#answers.getSnapshot();
		const answers = status === "live" ? data : [];
		return answers.map(({ question_id: id, body }) => ({ id: `answer to ${id}`, author: ASSISTANT, body }));
	}

	#create({ id, author, created_at: createdAt }) {
		const item = fromTemplate("message");
		const own = author === this.#user;
		item.classList.toggle("mine", own);
		item.classList.toggle("answering", !createdAt);
		showAvatar(find(item, ".avatar"), author);
		createdAt ? showTime(find(item, "time"), createdAt) : setText(find(item, "time"), "is answering …");
		setText(find(item, ".author"), author);
		if (own) {
			find(item, ".delete").setAttribute("aria-label", `Delete message ${id}`);
			find(item, ".delete").addEventListener("click", () => this.#writes.send("DELETE", `/api/messages/${id}`));
		} else {
			find(item, ".delete").remove();
		}
		return item;
	}

	async #submit(event) {
		event.preventDefault();
		const input = event.target.elements.body;
		if (await this.#say(input.value)) {
			input.value = "";
			this.#typing.stop();
		}
	}

	#say(body) {
		return this.#writes.send("POST", "/api/messages", { room: this.#room, body });
	}
}

function update(item, row) {
	setText(find(item, ".body"), row.body);
}
