/**
 * Who has the desk open, oneself included: a user with several tabs is there once, until the last one is gone.
 */
import { presence } from "/kalam/presence.js";
import { byId, find, fromTemplate, setText, showText } from "./dom.js";
import { showAvatar } from "./people.js";
import { forgetOthers, showRows } from "./rows.js";

const PLACE = "desk";
const SHOWN = 8;

export class Online {
	#here;
	#unlisten;
	#items = new Map();

	constructor(kalam) {
		this.#here = presence(kalam, PLACE);
		this.#unlisten = this.#here.subscribe(() => this.#show());
		this.#show();
	}

	close() {
		this.#unlisten();
		this.#here.leave();
		byId("online-people").replaceChildren();
		byId("online").hidden = true;
	}

	#show() {
		const { data, stale } = this.#here.getSnapshot();
		const names = data.map(({ user_id: name }) => name).sort();
		const rows = names.slice(0, SHOWN).map((id) => ({ id }));
		byId("online").hidden = names.length === 0;
		setText(byId("online-title"), stale ? "Last seen" : "Online");
		showRows(byId("online-people"), rows, this.#items, create, () => {});
		forgetOthers(this.#items, rows);
		showText(byId("online-more"), names.length > SHOWN ? `and ${names.length - SHOWN} more` : null);
	}
}

function create({ id: name }) {
	const person = fromTemplate("online-person");
	showAvatar(find(person, ".avatar"), name);
	setText(find(person, ".name"), name);
	return person;
}
