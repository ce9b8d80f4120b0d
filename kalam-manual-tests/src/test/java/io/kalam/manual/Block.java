package io.kalam.manual;

import java.util.List;

/**
 * A fenced block of a page.
 *
 * @param page the page's name
 * @param line of the opening fence
 * @param info what follows the fence: the language, then how the block is meant
 * @param lines what is in it
 */
record Block(String page, int line, String info, List<String> lines) {

	String language() {
		int end = this.info.indexOf(' ');
		return (end < 0) ? this.info : this.info.substring(0, end);
	}

	/**
	 * How the block is meant: what follows the language, empty if nothing does.
	 */
	String manner() {
		return this.info.substring(language().length()).strip();
	}

	String text() {
		return String.join("\n", this.lines);
	}

	/**
	 * Says that something is wrong.
	 * @param line the line within the block, from 1; 0 for the block
	 * @param what what it is
	 */
	String problem(long line, String what) {
		return this.page + ":" + (this.line + line) + ": " + what;
	}

}
