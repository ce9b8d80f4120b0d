/**
 * The page: who is signed in, and their desk. Who that is stands in the address, so that two frames or two tabs can be
 * different people; the token never leaves memory.
 */
import { Desk } from "./desk.js";
import { byId, find, fromTemplate, setText } from "./dom.js";
import { openMenu } from "./menu.js";
import { PEOPLE, isName, showAvatar } from "./people.js";
import { Session } from "./session.js";
import { showThemeSwitch, themeEntries } from "./theme.js";
import { showView, showViewSwitch } from "./views.js";

const PSQL = "psql postgresql://postgres:postgres@127.0.0.1:15432/desk";

let desk = null;

function addressOf(user) {
	const url = new URL(location.href);
	url.hash = "";
	user ? url.searchParams.set("as", user) : url.searchParams.delete("as");
	return url;
}

function show(user) {
	byId("sign-in").hidden = Boolean(user);
	for (const id of ["desk", "account", "badge"]) {
		byId(id).hidden = !user;
	}
	document.title = user ? `Kalam Desk, ${user}` : "Kalam Desk";
	if (user) {
		showView("board-view");
		showAvatar(byId("avatar"), user);
		setText(byId("user"), user);
		setText(byId("hint"), `${PSQL} -c "INSERT INTO tickets (assignee_id, title) VALUES ('${user}', 'Made in psql')"`);
		desk = new Desk(new Session(user, ttlSeconds()), signedOut);
	}
}

/** `?ttl=20` asks for tokens that end after 20 seconds, to see that nothing happens then. */
function ttlSeconds() {
	return Number(new URLSearchParams(location.search).get("ttl")) || undefined;
}

function signIn(user) {
	history.pushState(null, "", addressOf(user));
	show(user);
	byId("content").focus();
}

function signOut() {
	desk?.signOut();
	leave();
}

function signedOut() {
	desk?.close();
	leave();
}

function leave() {
	desk = null;
	history.replaceState(null, "", addressOf(null));
	show(null);
}

function followAddress() {
	desk?.close();
	desk = null;
	const user = new URLSearchParams(location.search).get("as");
	show(isName(user) ? user : null);
}

byId("people").append(...PEOPLE.map((name) => {
	const person = fromTemplate("person");
	showAvatar(find(person, ".avatar"), name);
	setText(find(person, ".name"), name);
	find(person, "button").addEventListener("click", () => signIn(name));
	return person;
}));
byId("account-menu").addEventListener("click", () => openMenu(byId("account-menu"), "Account", [
	{ label: "Sign out", run: signOut },
	{ label: "Two desks side by side", run: () => open("/duo.html", "_top") },
	null,
	...themeEntries(),
]));
addEventListener("popstate", followAddress);
showThemeSwitch();
showViewSwitch();
followAddress();
