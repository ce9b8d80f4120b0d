package io.kalam.query;

import org.jspecify.annotations.Nullable;

/**
 * A value as the client gave it.
 *
 * @param value a {@code String}, {@code BigDecimal} or {@code Boolean}, or {@code null}
 * @param parameter whether it came as a parameter; Postgres gives those the type of what
 * they are compared with
 * @param type the type that it is cast to, {@code null} if it is not
 * @param position where in the text it is
 */
record Given(@Nullable Object value, boolean parameter, @Nullable TypeName type, int position) {

	Given(@Nullable Object value, boolean parameter, int position) {
		this(value, parameter, null, position);
	}

}
