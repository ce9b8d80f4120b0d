package io.kalam.codec;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of {@code jsonb}: fields by the length of their keys in bytes and then by
 * those bytes, of repeated ones the last, numbers without exponents, one blank behind
 * commas and colons.
 */
public final class Jsonb {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final Comparator<byte[]> KEYS = Comparator.<byte[]>comparingInt((key) -> key.length)
		.thenComparing(Arrays::compareUnsigned);

	private Jsonb() {
	}

	/**
	 * Reads JSON in any spelling.
	 * @param text the text
	 * @return what Postgres prints for it as {@code jsonb}
	 * @throws CodecException if it is not JSON, or holds what {@code jsonb} can't
	 */
	public static String canonical(String text) {
		StringCodec.checked("jsonb", text, Integer.MAX_VALUE);
		try {
			StringBuilder out = new StringBuilder(text.length() + 16);
			print(MAPPER.readTree(text), out);
			return out.toString();
		}
		catch (JacksonException | NumberFormatException ex) {
			throw TextCursor.refuse("jsonb");
		}
	}

	private static void print(JsonNode node, StringBuilder out) {
		switch (node.getNodeType()) {
			case OBJECT -> printFields(node, out);
			case ARRAY -> {
				out.append('[');
				String separator = "";
				for (JsonNode element : node) {
					out.append(separator);
					print(element, out);
					separator = ", ";
				}
				out.append(']');
			}
			case STRING -> print(node.stringValue(), out);
			case NUMBER -> out.append(Numeric.of(new BigDecimal(node.asString())));
			case BOOLEAN, NULL -> out.append(node.asString().isEmpty() ? "null" : node.asString());
			default -> throw TextCursor.refuse("jsonb");
		}
	}

	private static void printFields(JsonNode node, StringBuilder out) {
		List<Map.Entry<String, JsonNode>> fields = node.properties()
			.stream()
			.sorted(Comparator.comparing((field) -> field.getKey().getBytes(StandardCharsets.UTF_8), KEYS))
			.collect(Collectors.toList());
		out.append('{');
		String separator = "";
		for (Map.Entry<String, JsonNode> field : fields) {
			out.append(separator);
			print(field.getKey(), out);
			out.append(": ");
			print(field.getValue(), out);
			separator = ", ";
		}
		out.append('}');
	}

	private static void print(String text, StringBuilder out) {
		StringCodec.checked("jsonb", text, Integer.MAX_VALUE);
		out.append('"');
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			switch (character) {
				case '"', '\\' -> out.append('\\').append(character);
				case '\b' -> out.append("\\b");
				case '\f' -> out.append("\\f");
				case '\n' -> out.append("\\n");
				case '\r' -> out.append("\\r");
				case '\t' -> out.append("\\t");
				default -> out.append((character < ' ') ? "\\u%04x".formatted((int) character) : character);
			}
		}
		out.append('"');
	}

	/**
	 * Whether two values are equal: numbers by what they are worth, all else by how it is
	 * printed.
	 * @param left a value as Postgres prints it
	 * @param right another one
	 * @return whether {@code =} is true
	 */
	static boolean equal(String left, String right) {
		int a = 0;
		int b = 0;
		boolean string = false;
		while (a < left.length() && b < right.length()) {
			char character = left.charAt(a);
			if (!string && isNumber(character) && isNumber(right.charAt(b))) {
				int endOfLeft = endOfNumber(left, a);
				int endOfRight = endOfNumber(right, b);
				if (!equalNumbers(left.substring(a, endOfLeft), right.substring(b, endOfRight))) {
					return false;
				}
				a = endOfLeft;
				b = endOfRight;
			}
			else {
				if (character != right.charAt(b)) {
					return false;
				}
				string ^= character == '"';
				int step = (string && character == '\\') ? 2 : 1;
				if (step == 2 && left.charAt(a + 1) != right.charAt(b + 1)) {
					return false;
				}
				a += step;
				b += step;
			}
		}
		return a == left.length() && b == right.length();
	}

	private static boolean equalNumbers(String left, String right) {
		return left.equals(right) || new BigDecimal(left).compareTo(new BigDecimal(right)) == 0;
	}

	private static boolean isNumber(char character) {
		return character == '-' || (character >= '0' && character <= '9');
	}

	private static int endOfNumber(String text, int start) {
		int end = start;
		while (end < text.length() && (isNumber(text.charAt(end)) || text.charAt(end) == '.')) {
			end++;
		}
		return end;
	}

}
