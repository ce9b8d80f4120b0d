package io.kalam.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A condition that is being written, for us and for Postgres.
 */
final class PredicateDraft {

	private final Random random;

	private final List<Object> parameters = new ArrayList<>();

	private final StringBuilder ours = new StringBuilder();

	private final StringBuilder theirs = new StringBuilder();

	PredicateDraft(Random random) {
		this.random = random;
	}

	static String quoted(String text) {
		return "'" + text.replace("'", "''") + "'";
	}

	void both(String ours, String theirs) {
		this.ours.append(ours);
		this.theirs.append(theirs);
	}

	/**
	 * Writes a string, as a parameter or not.
	 */
	void value(String value) {
		if (this.random.nextInt(3) == 0) {
			parameter(value, quoted(value));
		}
		else {
			both(quoted(value), quoted(value));
		}
	}

	void parameter(Object value, String theirs) {
		this.parameters.add(value);
		both("$" + this.parameters.size(), theirs);
	}

	/**
	 * Writes an array, as a parameter or not.
	 */
	void array(List<String> elements) {
		StringBuilder text = new StringBuilder("{");
		for (String element : elements) {
			text.append((text.length() > 1) ? "," : "");
			text.append((element != null) ? '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : "NULL");
		}
		String literal = quoted(text.append('}').toString());
		if (this.random.nextBoolean()) {
			parameter(elements, literal);
		}
		else {
			both(literal, literal);
		}
	}

	Generated generated() {
		return new Generated(this.ours.toString(), this.parameters, this.theirs.toString());
	}

	/**
	 * A condition.
	 *
	 * @param ours its text with parameters
	 * @param parameters their values
	 * @param theirs its text for Postgres, with literals in their place
	 */
	record Generated(String ours, List<Object> parameters, String theirs) {

		static Generated of(String condition) {
			return new Generated(condition, List.of(), condition);
		}

	}

}
