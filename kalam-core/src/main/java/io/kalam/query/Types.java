package io.kalam.query;

import java.util.function.Consumer;

import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.codec.Codec;
import io.kalam.codec.Codecs;
import org.jspecify.annotations.Nullable;

/**
 * Types that values have which are in no column.
 */
final class Types {

	static final ColumnType TEXT = builtIn("text");

	static final ColumnType BPCHAR = builtIn("bpchar");

	static final ColumnType NUMERIC = builtIn("numeric");

	static final ColumnType FLOAT8 = builtIn("float8");

	static final Collation DEFAULT_COLLATION = new Collation("default", true, false, false);

	private static final Collation C = new Collation("C", true, true, true);

	private static final Codecs CODECS = new Codecs();

	/**
	 * Reads arrays of texts.
	 */
	static final Codec<Object> TEXTS = codec(array(TEXT), C);

	private Types() {
	}

	static ColumnType array(ColumnType element) {
		return new ColumnType(0, '_' + element.name(), element.schema(), ColumnType.Kind.ARRAY, -1, element);
	}

	/**
	 * Goes through the elements of an array of any number of dimensions.
	 * @param array the array
	 * @param consumer takes each element, {@code null} too
	 */
	static void flatten(@Nullable Object[] array, Consumer<@Nullable Object> consumer) {
		for (Object element : array) {
			if (element instanceof Object[] nested) {
				flatten(nested, consumer);
			}
			else {
				consumer.accept(element);
			}
		}
	}

	static ColumnType builtIn(String name) {
		return new ColumnType(0, name, "pg_catalog", ColumnType.Kind.BASE, -1, null);
	}

	/**
	 * The codec of a type, by which values are told apart and, if the collation is one
	 * that can be reproduced, ordered.
	 * @param type the type
	 * @param collation the collation; {@code null} for none, with which only equality
	 * means something
	 * @return the codec
	 */
	static Codec<Object> codec(ColumnType type, @Nullable Collation collation) {
		Codec<Object> codec = find(type, (collation != null) ? collation : C);
		if (codec == null) {
			throw new IllegalStateException("No codec for " + type.name());
		}
		return codec;
	}

	/**
	 * The codec by which the elements of an array are told apart, and ordered if they can
	 * be; labels of an enum as texts.
	 * @param array an array
	 * @return the codec of its elements
	 */
	static Codec<Object> element(Term array) {
		ColumnType element = array.type().base();
		boolean label = element == null || element.underlying().kind() == ColumnType.Kind.ENUM;
		return codec((element == null || label) ? TEXT : element.underlying(), array.collation());
	}

	@SuppressWarnings("unchecked")
	static @Nullable Codec<Object> find(ColumnType type, Collation collation) {
		return (Codec<Object>) CODECS.find(new Column("", 0, type, true, false, collation));
	}

}
