package io.kalam.codec;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A path into JSON: Postgres's operators {@code ->} and {@code ->>}.
 *
 * @param steps the steps, one at least
 * @param binary whether it goes into {@code jsonb}, where a scalar is an array of itself
 */
public record JsonPath(List<Step> steps, boolean binary) {

	public JsonPath {
		steps = List.copyOf(steps);
	}

	/**
	 * The path with one more step.
	 * @param step the step
	 * @return the longer path
	 */
	public JsonPath then(Step step) {
		List<Step> longer = new ArrayList<>(this.steps);
		longer.add(step);
		return new JsonPath(longer, this.binary);
	}

	/**
	 * Follows the path.
	 * @param json the JSON as Postgres prints it, of type {@code json} or {@code jsonb}
	 * @param asText whether a string is wanted without its quotes and escapes, and JSON's
	 * null as SQL's
	 * @return what is found, as it stands in the text; {@code null} if there is nothing,
	 * and for a string that no text can hold
	 */
	public @Nullable String find(String json, boolean asText) {
		JsonCursor cursor = new JsonCursor(json);
		for (Step step : this.steps) {
			if (!enter(cursor, step)) {
				return null;
			}
		}
		return asText ? cursor.text() : cursor.value();
	}

	private boolean enter(JsonCursor cursor, Step step) {
		if (step.key() != null) {
			return cursor.enterField(step.key());
		}
		boolean onlyElement = this.binary && (step.index() == 0 || step.index() == -1);
		return cursor.enterElement(step.index()) || (onlyElement && cursor.atScalar());
	}

	/**
	 * A step of a path.
	 *
	 * @param key the key of a field, {@code null} for an element of an array
	 * @param index the place of an element, from 0; from -1 backwards if it is negative
	 */
	public record Step(@Nullable String key, int index) {

	}

}
