package io.kalam.capture.debezium;

import io.debezium.config.Field;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * What is known by its name only: to the JDBC driver our socket factory and our source of
 * the key's password, to Debezium the classes that its configuration names unless it is
 * told others. It is not all that Debezium loads by name.
 */
final class CaptureRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		constructed(hints, CaptureSocketFactory.class.getName());
		constructed(hints, KeyPassword.class.getName());
		PostgresConnectorConfig.ALL_FIELDS.forEach((field) -> register(hints, field));
	}

	private static void register(RuntimeHints hints, Field field) {
		String value = field.defaultValueAsString();
		if (value != null && value.startsWith("io.debezium.")) {
			constructed(hints, value);
		}
	}

	private static void constructed(RuntimeHints hints, String type) {
		hints.reflection().registerType(TypeReference.of(type), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
	}

}
