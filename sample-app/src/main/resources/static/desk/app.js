/**
 * The page: who is signed in, and the parts that show the desk to them. The user's name survives a reload in this
 * window only; the token never leaves memory.
 */
import { clearCommits, showCommit } from "./commits.js";
import { PEOPLE, byId, find, fromTemplate, showAvatar, showNote } from "./dom.js";
import { KalamLite } from "./kalam-lite.js";
import { Room } from "./messages.js";
import { Session } from "./session.js";
import { TicketBoard } from "./tickets.js";

const USER = "desk.user";
const ALERT_MS = 8_000;
const LABELS = { live: "Live", connecting: "Connecting", offline: "Offline", closed: "Closed" };

let signOut = () => {};
let alertTimer = 0;

function showAlert(text) {
	clearTimeout(alertTimer);
	showNote(byId("alert"), text);
	alertTimer = setTimeout(() => showNote(byId("alert"), null), ALERT_MS);
}

function showConnection(status) {
	byId("connection").dataset.status = status;
	byId("connection").textContent = LABELS[status];
}

function openDesk(user) {
	const session = new Session(user);
	const send = async (method, path, body) => {
		try {
			await session.send(method, path, body);
			return true;
		} catch (error) {
			showAlert(error.message);
			return false;
		}
	};
	const kalam = new KalamLite({
		getToken: (fresh) => session.token(fresh),
		onStatus: showConnection,
		onError: showAlert,
		onCommit: (commit) => {
			showCommit(commit);
			commit.changes.forEach(({ name, row }) => row && parts[name].flash(row.id));
		},
	});
	const parts = { tickets: new TicketBoard(kalam, user, send), messages: new Room(kalam, user, send) };
	Object.values(parts).forEach((part) => part.open());
	kalam.open();
	signOut = () => {
		kalam.close();
		Object.values(parts).forEach((part) => part.close());
		clearCommits();
	};
}

function show(user) {
	signOut();
	signOut = () => {};
	byId("sign-in").hidden = Boolean(user);
	for (const id of ["desk", "account", "connection"]) {
		byId(id).hidden = !user;
	}
	if (user) {
		showAvatar(byId("avatar"), user);
		byId("user").textContent = user;
		byId("hint").textContent =
			`psql postgresql://postgres:postgres@127.0.0.1:15432/desk\nINSERT INTO tickets (assignee_id, title) VALUES ('${user}', 'Made in psql');`;
		openDesk(user);
	}
}

function signIn(user) {
	sessionStorage.setItem(USER, user);
	show(user);
}

byId("people").append(...PEOPLE.map((name) => {
	const person = fromTemplate("person");
	showAvatar(find(person, ".avatar"), name);
	find(person, ".name").textContent = name;
	find(person, "button").addEventListener("click", () => signIn(name));
	return person;
}));
byId("sign-out").addEventListener("click", () => {
	sessionStorage.removeItem(USER);
	show(null);
});
show(sessionStorage.getItem(USER));
