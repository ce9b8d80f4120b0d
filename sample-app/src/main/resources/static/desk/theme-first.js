/** Runs before the page is drawn, so that nobody sees the other theme for a moment. */
document.documentElement.dataset.theme = localStorage.getItem("desk.theme") ?? "auto";
if (window.top !== window) {
	document.documentElement.dataset.framed = "";
}
