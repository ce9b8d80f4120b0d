package io.kalam.boot.metrics;

import java.util.Locale;

/**
 * How an enum's constant is written in a tag.
 */
final class TagValues {

	private TagValues() {
	}

	static String of(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
