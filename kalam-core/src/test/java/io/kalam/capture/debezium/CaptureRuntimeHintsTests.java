package io.kalam.capture.debezium;

import io.debezium.connector.postgresql.PostgresSourceInfoStructMaker;
import io.debezium.pipeline.txmetadata.DefaultTransactionMetadataFactory;
import io.debezium.schema.SchemaTopicNamingStrategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The classes that only a name leads to.
 */
class CaptureRuntimeHintsTests {

	@ParameterizedTest
	@ValueSource(classes = { CaptureSocketFactory.class, KeyPassword.class, PostgresSourceInfoStructMaker.class,
			DefaultTransactionMetadataFactory.class, SchemaTopicNamingStrategy.class })
	void areConstructedByReflection(Class<?> type) {
		RuntimeHints hints = new RuntimeHints();
		AotServices.factories()
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar instanceof CaptureRuntimeHints)
			.forEach((registrar) -> registrar.registerHints(hints, getClass().getClassLoader()));
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(type)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(hints);
	}

}
