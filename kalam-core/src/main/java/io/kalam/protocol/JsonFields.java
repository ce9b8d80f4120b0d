package io.kalam.protocol;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object, read strictly: a field is of its type, or absent, or null,
 * which is the same as absent.
 *
 * @param object the object
 * @param subscriptionId the subscription that complaints are about
 */
record JsonFields(JsonNode object, @Nullable String subscriptionId) {

	@Nullable JsonNode value(String name) {
		JsonNode value = this.object.get(name);
		return (value != null && !value.isNull()) ? value : null;
	}

	@Nullable JsonFields object(String name) {
		JsonNode value = value(name);
		if (value != null && !value.isObject()) {
			throw wrong(name, "an object");
		}
		return (value != null) ? new JsonFields(value, this.subscriptionId) : null;
	}

	@Nullable String text(String name) {
		JsonNode value = value(name);
		if (value != null && !value.isString()) {
			throw wrong(name, "a string");
		}
		return (value != null) ? value.stringValue() : null;
	}

	String requiredText(String name) {
		String value = text(name);
		if (value == null) {
			throw wrong(name, "a string");
		}
		return value;
	}

	@Nullable Boolean flag(String name) {
		JsonNode value = value(name);
		if (value != null && !value.isBoolean()) {
			throw wrong(name, "true or false");
		}
		return (value != null) ? value.booleanValue() : null;
	}

	int number(String name, int fallback, int max) {
		JsonNode value = value(name);
		if (value == null) {
			return fallback;
		}
		if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1 || value.intValue() > max) {
			throw wrong(name, "a whole number from 1 to " + max);
		}
		return value.intValue();
	}

	String choice(String name, List<String> choices) {
		String value = text(name);
		if (value != null && !choices.contains(value)) {
			throw wrong(name, String.join(" or ", choices));
		}
		return (value != null) ? value : choices.get(0);
	}

	/**
	 * The value of a field that has several names.
	 */
	@Nullable String nameOf(String... names) {
		String found = null;
		for (String name : names) {
			if (value(name) != null) {
				if (found != null) {
					throw new ProtocolException("Give either '%s' or '%s', not both.".formatted(found, name),
							this.subscriptionId);
				}
				found = name;
			}
		}
		return found;
	}

	ProtocolException wrong(String name, String expected) {
		return new ProtocolException("'%s' must be %s.".formatted(name, expected), this.subscriptionId);
	}

}
