package io.kalam.codec;

import tools.jackson.core.JsonGenerator;

/**
 * The canonical form of one Postgres type. A codec is immutable and may be used by any
 * thread. SQL's null never reaches a codec.
 * <p>
 * Snapshot and stream both carry what the type's output function prints under the same
 * session settings, so that a value is read, compared and written in one way wherever it
 * comes from.
 *
 * @param <T> the canonical Java type; immutable, or never changed
 */
public interface Codec<T> {

	/**
	 * The Java type of canonical values.
	 * @return the type
	 */
	Class<T> type();

	/**
	 * Reads what the type's output function prints under the pinned session settings.
	 * Other spellings may be refused; one that is not refused means what it means to the
	 * type's input function, so that literals and claims can be read too.
	 * @param text the text
	 * @return the canonical value
	 * @throws CodecException if the text is not of the type
	 */
	T parse(String text);

	/**
	 * Prints a value so that the type's input function reads it back; for
	 * {@linkplain #identifying() identifying} types exactly as the output function does.
	 * @param value the canonical value
	 * @return the text
	 */
	String print(T value);

	/**
	 * Writes a value as JSON.
	 * @param value the canonical value
	 * @param out where to write to; expects a value
	 */
	void write(T value, JsonGenerator out);

	/**
	 * The TypeScript type of what {@link #write} writes.
	 * @return a type that needs nothing to be imported, such as {@code string};
	 * {@code unknown} where no more can be said
	 */
	default String typeScriptType() {
		return "unknown";
	}

	/**
	 * Whether {@link #compare} knows Postgres's order of the type; if not, it can still
	 * tell equal from unequal where {@link #comparable} says so.
	 * @return whether {@code <} means what it means in Postgres
	 */
	boolean ordered();

	/**
	 * Whether values can be compared for equality as Postgres does.
	 * @return whether {@code =} means what it means in Postgres
	 */
	boolean comparable();

	/**
	 * Whether values that are equal for Postgres are always printed alike, so that the
	 * text can stand for the value: in a hash, as the owner of a row.
	 * @return whether {@code =} means that the printed texts are equal
	 */
	boolean identifying();

	/**
	 * Compares as the type's default operators do.
	 * @param left a canonical value
	 * @param right another one
	 * @return negative, zero or positive; where the codec is not {@link #ordered} only
	 * whether it is zero means something
	 * @throws CodecException if what is known of the type does not suffice: an enum has a
	 * new label
	 */
	int compare(T left, T right);

	/**
	 * Which form values have, where the type alone does not say so: it has a codec of the
	 * application's own.
	 * @return another text for every codec and version of it; empty for a form that the
	 * type implies
	 */
	default String form() {
		return "";
	}

	/**
	 * About how many bytes of heap a value takes.
	 * @param value the canonical value
	 * @return the size in bytes, never less than the value's own data
	 */
	int sizeOf(T value);

}
