package io.kalam.codec;

/**
 * Reads a text from left to right. Whatever is not as expected fails with a
 * {@link CodecException} that names the type.
 */
final class TextCursor {

	private final String type;

	private final String text;

	private int position;

	TextCursor(String type, String text) {
		this.type = type;
		this.text = text;
	}

	boolean atEnd() {
		return this.position == this.text.length();
	}

	boolean at(char expected) {
		return !atEnd() && this.text.charAt(this.position) == expected;
	}

	boolean atDigit() {
		return !atEnd() && digitAt(this.position) >= 0;
	}

	boolean atDigitAfter(char expected) {
		return at(expected) && this.position + 1 < this.text.length() && digitAt(this.position + 1) >= 0;
	}

	char next() {
		if (atEnd()) {
			throw refuse();
		}
		return this.text.charAt(this.position++);
	}

	boolean accept(char expected) {
		if (!at(expected)) {
			return false;
		}
		this.position++;
		return true;
	}

	boolean accept(String expected) {
		if (!this.text.startsWith(expected, this.position)) {
			return false;
		}
		this.position += expected.length();
		return true;
	}

	void expect(char expected) {
		if (!accept(expected)) {
			throw refuse();
		}
	}

	void expectEnd() {
		if (!atEnd()) {
			throw refuse();
		}
	}

	/**
	 * Reads to the quote that ends a text, and over it; a backslash makes the next
	 * character a part of the text.
	 * @return the text
	 */
	String untilQuote() {
		StringBuilder quoted = new StringBuilder();
		char character = next();
		while (character != '"') {
			quoted.append((character == '\\') ? next() : character);
			character = next();
		}
		return quoted.toString();
	}

	long number(int minDigits, int maxDigits) {
		long number = 0;
		int start = this.position;
		while (this.position - start < maxDigits && atDigit()) {
			number = number * 10 + digitAt(this.position++);
		}
		if (this.position - start < minDigits || atDigit()) {
			throw refuse();
		}
		return number;
	}

	/**
	 * Reads a decimal point and up to six digits, if there is one.
	 * @return millionths
	 */
	int fraction() {
		if (!accept('.')) {
			return 0;
		}
		int start = this.position;
		int micros = (int) number(1, 6);
		for (int digits = this.position - start; digits < 6; digits++) {
			micros *= 10;
		}
		return micros;
	}

	CodecException refuse() {
		return refuse(this.type);
	}

	static CodecException refuse(String type) {
		return new CodecException("not a value of type " + type);
	}

	private int digitAt(int index) {
		char character = this.text.charAt(index);
		return (character >= '0' && character <= '9') ? character - '0' : -1;
	}

}
