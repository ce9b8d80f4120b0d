package io.kalam.boot;

import java.nio.file.Path;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.codec.Codec;
import io.kalam.codec.Codecs;
import io.kalam.codec.InvalidTypeCodecException;
import io.kalam.codec.OwnValue;
import io.kalam.codec.RealtimeTypeCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application's codecs are found as beans. No database is needed, because without a
 * realtime table none is looked at.
 */
class RealtimeTypeCodecTests {

	@TempDir
	private static Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KalamConnectionAutoConfiguration.class,
				KalamEntityAutoConfiguration.class, KalamAutoConfiguration.class))
		.withPropertyValues("kalam.postgres.host=localhost", "kalam.postgres.port=1",
				"kalam.journal.directory=" + directory);

	@Test
	void everyBeanIsTaken() {
		this.runner.withBean("isbn", RealtimeTypeCodec.class, () -> RealtimeTypeCodec.text("public.isbn"))
			.withBean("geometry", RealtimeTypeCodec.class, () -> RealtimeTypeCodec.text("public.geometry"))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(Codecs.class);
				assertThat(type(context.getBean(Codecs.class), "isbn")).isEqualTo(OwnValue.class);
				assertThat(type(context.getBean(Codecs.class), "geometry")).isEqualTo(OwnValue.class);
				assertThat(type(context.getBean(Codecs.class), "semver")).isNull();
			});
	}

	@Test
	void twoBeansForOneTypeAreRefusedByName() {
		this.runner.withBean("one", RealtimeTypeCodec.class, () -> RealtimeTypeCodec.text("public.isbn"))
			.withBean("other", RealtimeTypeCodec.class, () -> RealtimeTypeCodec.text("public.issn", "public.isbn"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidTypeCodecException.class)
				.hasMessage("Two codecs read type public.isbn: RealtimeTypeCodec.text(\"public.isbn\") and "
						+ "RealtimeTypeCodec.text(\"public.isbn\", \"public.issn\")."));
	}

	private static Class<?> type(Codecs codecs, String name) {
		Codec<?> codec = codecs.find(new Column("c", 0,
				new ColumnType(0, name, "public", ColumnType.Kind.BASE, -1, null), true, false, null));
		return (codec != null) ? codec.type() : null;
	}

}
