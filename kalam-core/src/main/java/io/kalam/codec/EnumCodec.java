package io.kalam.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.json.JsonMapper;

/**
 * Enums, ordered as their labels were declared. A label may be added to a type while
 * changes are streamed: until that is known, such a value is read, and not compared.
 */
final class EnumCodec extends StringCodec {

	private final String name;

	private final Map<String, Integer> places = new LinkedHashMap<>();

	/**
	 * A codec of an enum.
	 * @param name the type's name
	 * @param labels the labels from the least to the greatest
	 */
	EnumCodec(String name, List<String> labels) {
		super(TextOrder.CODE_POINT);
		this.name = name;
		labels.forEach((label) -> this.places.put(label, this.places.size()));
	}

	@Override
	public String parse(String text) {
		return checked(this.name, text, Integer.MAX_VALUE);
	}

	/**
	 * The labels, as they are known.
	 */
	@Override
	public String typeScriptType() {
		String union = this.places.keySet()
			.stream()
			.map(JsonMapper.shared()::writeValueAsString)
			.collect(Collectors.joining(" | "));
		return union.isEmpty() ? "never" : union;
	}

	/**
	 * Compares labels.
	 * @throws CodecException if they differ, and one is not known
	 */
	@Override
	public int compare(String left, String right) {
		return left.equals(right) ? 0 : Integer.compare(place(left), place(right));
	}

	private int place(String label) {
		Integer place = this.places.get(label);
		if (place == null) {
			throw new CodecException("a label that type " + this.name + " was not known to have");
		}
		return place;
	}

}
