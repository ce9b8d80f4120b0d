package io.kalam.boot;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Refuses values of properties; names the property as it is typed.
 */
final class PropertyChecks {

	private PropertyChecks() {
	}

	static void positive(String name, long value) {
		check(value > 0, name, value, "It must be 1 or more.");
	}

	static void positive(String name, Duration value) {
		check(value.toMillis() > 0, name, text(value), "It must be a time of 1ms or more, such as 10s.");
	}

	static void notNegative(String name, Duration value) {
		check(!value.isNegative(), name, text(value), "It must not be negative; 0s is the least.");
	}

	static void positive(String name, DataSize value) {
		check(value.toBytes() > 0, name, value, "It must be a size of 1B or more, such as 64KB.");
	}

	/**
	 * A size that one array can have.
	 */
	static void array(String name, DataSize value) {
		check(value.toBytes() >= 0 && value.toBytes() <= Integer.MAX_VALUE, name, value,
				"It must not be negative and less than 2GB.");
	}

	/**
	 * The name of a directory.
	 */
	static void directory(String name, String value) {
		check(!value.isBlank() && isPath(value), name, value, "It must be the name of a directory.");
	}

	private static boolean isPath(String value) {
		try {
			return Path.of(value).getNameCount() >= 0;
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

	static void check(boolean right, String name, @Nullable Object value, String reason) {
		if (!right) {
			throw new InvalidConfigurationPropertyValueException("kalam." + name, value, reason);
		}
	}

	private static String text(Duration value) {
		return value.toMillis() + "ms";
	}

}
