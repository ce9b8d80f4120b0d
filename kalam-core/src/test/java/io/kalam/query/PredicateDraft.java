package io.kalam.query;

import java.util.ArrayList;
import java.util.Comparator;
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

	private final List<Part> parts = new ArrayList<>();

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

	/**
	 * Where a condition begins.
	 */
	Part begin() {
		return new Part(this.ours.length(), this.theirs.length(), 0, 0);
	}

	/**
	 * Notes that what was written since is a condition of its own.
	 */
	void end(Part begin) {
		this.parts.add(new Part(begin.ours, begin.theirs, this.ours.length(), this.theirs.length()));
	}

	Generated generated() {
		List<Generated> conditions = this.parts.stream()
			.map((part) -> new Generated(this.ours.substring(part.ours, part.oursEnd), this.parameters,
					this.theirs.substring(part.theirs, part.theirsEnd), List.of()))
			.sorted(Comparator.comparingInt((part) -> part.ours().length()))
			.toList();
		return new Generated(this.ours.toString(), this.parameters, this.theirs.toString(), conditions);
	}

	/**
	 * Where a condition stands in the two texts.
	 */
	record Part(int ours, int theirs, int oursEnd, int theirsEnd) {

	}

	/**
	 * A condition.
	 *
	 * @param ours its text with parameters
	 * @param parameters their values
	 * @param theirs its text for Postgres, with literals in their place
	 * @param parts the conditions that it is made of, the shortest first
	 */
	record Generated(String ours, List<Object> parameters, String theirs, List<Generated> parts) {

		static Generated of(String condition) {
			return new Generated(condition, List.of(), condition, List.of());
		}

	}

}
