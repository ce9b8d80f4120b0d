package io.kalam.codec;

import java.util.Set;

import tools.jackson.core.JsonGenerator;

import org.springframework.util.Assert;

/**
 * Says how the values of a type of the application's own look to a client: of a type that
 * an extension brings ({@code geometry}), of a domain, an enum, a range or a composite
 * type. To be registered as a bean.
 * <p>
 * Snapshot and stream hand it the same text, so that clients see one form wherever a
 * value comes from. Arrays of the types, and domains over them, have it too; a codec of
 * the domain itself goes first. Types of Postgres, {@code citext} and {@code ltree} have
 * their forms, which can't be replaced.
 * <p>
 * Called by several threads at the same time, for every value that is read: has to be
 * quick, must not block, and depends on nothing but the text. What it throws means that
 * the value can't be told: a snapshot fails, and a change resets the table, for all
 * columns and never as a null.
 */
public interface RealtimeTypeCodec {

	/**
	 * The types whose values it reads.
	 * @return one or more names, each with its schema, {@code public.geometry}, as the
	 * catalog spells them
	 */
	Set<String> types();

	/**
	 * Writes a value.
	 * @param text what the type's output function prints, never null, with
	 * {@code TimeZone=UTC}, {@code DateStyle=ISO,YMD}, {@code IntervalStyle=iso_8601},
	 * {@code extra_float_digits=1}, {@code bytea_output=hex} and
	 * {@code search_path=pg_catalog}; or, if values are {@linkplain #comparesAsText()
	 * compared}, what somebody has written in a query
	 * @param out takes one JSON value, which is not {@code null}
	 * @throws RuntimeException if the text is none that Postgres prints for the type
	 */
	void write(String text, JsonGenerator out);

	/**
	 * Whether two values are equal for Postgres exactly when it prints them alike. If so,
	 * queries may test the columns with {@code =}, {@code <>}, {@code IN} and
	 * {@code IS DISTINCT FROM}, against values that are spelt as Postgres prints them;
	 * {@link #write} should refuse other spellings, which would be equal to nothing. If
	 * not, only {@code IS NULL} is possible.
	 * @return false, unless it is overridden
	 */
	default boolean comparesAsText() {
		return false;
	}

	/**
	 * The version of the form. To be changed when {@link #write} writes other JSON than
	 * it did: what clients hold in the old form is then not continued, they read new
	 * snapshots.
	 * @return 1, unless it is overridden
	 */
	default int version() {
		return 1;
	}

	/**
	 * What a front end in TypeScript is told of a value: the type of what {@link #write}
	 * writes. It is written down as it is, in a property, followed by {@code | null}
	 * where the column may be null, and in {@code KalamArray<…>} for arrays.
	 * @return a type on one line that needs nothing to be imported, such as
	 * <code>{ readonly lat: number; readonly lon: number }</code>; {@code unknown},
	 * unless it is overridden
	 */
	default String typeScriptType() {
		return "unknown";
	}

	/**
	 * A codec that writes values as strings, as Postgres prints them.
	 * @param types the types, each with its schema
	 * @return the codec, whose values can't be compared
	 */
	static RealtimeTypeCodec text(String... types) {
		Assert.notEmpty(types, "types must not be empty");
		return new PrintedTypeCodec(Set.of(types));
	}

}
