package io.kalam.codec;

import java.util.Arrays;

import tools.jackson.databind.JsonNode;

/**
 * Whether a JSON value is of a TypeScript type, of those that codecs name.
 */
final class TypeScriptTypes {

	private static final String ARRAY = "KalamArray<";

	private TypeScriptTypes() {
	}

	static boolean admits(String type, JsonNode value) {
		if (type.startsWith(ARRAY)) {
			String element = type.substring(ARRAY.length(), type.length() - 1);
			return value.isArray() && value.valueStream()
				.allMatch((item) -> item.isNull() || admits(item.isArray() ? type : element, item)
						|| admits(element, item));
		}
		if (type.equals("number[]")) {
			return value.isArray() && value.valueStream().allMatch(JsonNode::isNumber);
		}
		if (type.equals("Record<string, string | null>")) {
			return value.isObject() && value.valueStream().allMatch((item) -> item.isNull() || item.isString());
		}
		return Arrays.stream(type.split(" \\| ")).anyMatch((alternative) -> switch (alternative) {
			case "unknown" -> true;
			case "string" -> value.isString();
			case "number" -> value.isNumber();
			case "boolean" -> value.isBoolean();
			default -> value.isString() && alternative.equals(value.toString());
		});
	}

}
