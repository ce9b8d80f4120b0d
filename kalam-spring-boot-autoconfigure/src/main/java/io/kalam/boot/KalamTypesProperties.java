package io.kalam.boot;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The TypeScript types of the realtime tables, for who develops a front end.
 *
 * @param enabled whether everybody may read them at /kalam/types.d.ts; only while
 * DevTools is active on the developer's machine unless set
 * @param file file that they are written to when the application starts and when they
 * change while it runs, if they are not what it holds
 */
public record KalamTypesProperties(@Nullable Boolean enabled, @Nullable String file) {

	static final String FILE = "kalam.types.file";

	static final String PATH = "/kalam/types.d.ts";

	public KalamTypesProperties {
		if (file != null && !file.endsWith(".ts")) {
			throw new InvalidConfigurationPropertyValueException(FILE, file,
					"It must be the name of a file that ends with '.ts'.");
		}
	}

}
