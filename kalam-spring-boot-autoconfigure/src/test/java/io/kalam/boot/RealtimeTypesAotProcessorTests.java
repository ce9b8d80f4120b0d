package io.kalam.boot;

import java.io.IOException;

import io.kalam.boot.notes.Note;
import io.kalam.boot.notes.Signal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Realtime tables are searched for when an application is processed ahead of time, and
 * not again when it starts.
 */
class RealtimeTypesAotProcessorTests {

	private final InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();

	private final DefaultGenerationContext generation = new DefaultGenerationContext(
			new ClassNameGenerator(ClassName.get("io.kalam.boot", "Application")), this.files);

	@BeforeEach
	void process() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Entities.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
			this.generation.writeGeneratedContent();
		}
	}

	@Test
	void whatWasFoundIsNamed() throws IOException {
		StringBuilder sources = new StringBuilder();
		for (String file : this.files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE).keySet()) {
			sources.append(this.files.getGeneratedFileContent(GeneratedFiles.Kind.SOURCE, file));
		}
		assertThat(sources.toString().replaceAll("\\s+", " "))
			.contains("return RealtimeTypes.named(\"io.kalam.boot.notes.Note\", \"io.kalam.boot.notes.Presence\", "
					+ "\"io.kalam.boot.notes.Signal\", \"io.kalam.boot.notes.Typing\", \"io.kalam.boot.notes.Whisper\");")
			.doesNotContain("RealtimeTypes.scan", "kalamRealtimeTypes(");
	}

	@ParameterizedTest
	@ValueSource(classes = { Note.class, Signal.class })
	void rowsAreReadAndWrittenByReflection(Class<?> type) {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(type)
			.withMemberCategories(MemberCategory.ACCESS_DECLARED_FIELDS, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
			.accepts(this.generation.getRuntimeHints());
	}

	@Test
	void accessorsAreCalledByReflection() throws NoSuchMethodException {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Signal.class.getMethod("room")))
			.accepts(this.generation.getRuntimeHints());
	}

	@Test
	void whatWasFoundIsLoaded() {
		assertThat(RealtimeTypes.named(Signal.class.getName(), Note.class.getName()).all()).containsExactly(Note.class,
				Signal.class);
		assertThatIllegalArgumentException().isThrownBy(() -> RealtimeTypes.named("io.kalam.Nothing"));
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = Note.class)
	static class Entities {

		@Bean
		static RealtimeTypes realtimeTypes(ApplicationContext context) throws ClassNotFoundException {
			return RealtimeTypes.scan(context);
		}

	}

}
