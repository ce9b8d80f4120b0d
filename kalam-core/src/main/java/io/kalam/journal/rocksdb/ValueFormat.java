package io.kalam.journal.rocksdb;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.UUID;

import io.kalam.codec.Codec;
import io.kalam.codec.Interval;
import io.kalam.codec.Numeric;
import io.kalam.codec.OwnValue;
import io.kalam.codec.TimeWithZone;
import org.jspecify.annotations.Nullable;

/**
 * Canonical values as bytes. Each begins with a byte that tells its form; a type whose
 * Java class has none is written as its codec prints it.
 */
final class ValueFormat {

	private static final int NULL = 0;

	private static final int FALSE = 1;

	private static final int TRUE = 2;

	private static final int INTEGER = 3;

	private static final int LONG = 4;

	private static final int FLOAT = 5;

	private static final int DOUBLE = 6;

	private static final int TEXT = 7;

	private static final int BYTES = 8;

	private static final int UNIQUE = 9;

	private static final int NUMBER = 10;

	private static final int NUMBER_TEXT = 11;

	private static final int INTERVAL = 12;

	private static final int TIME = 13;

	private static final int ARRAY = 14;

	private static final int PRINTED = 15;

	private static final int OWN = 16;

	private ValueFormat() {
	}

	static void write(@Nullable Object value, Codec<Object> codec, ByteWriter out) {
		if (value == null) {
			out.writeByte(NULL);
		}
		else if (value instanceof Object[] array) {
			out.writeByte(ARRAY).writeUnsigned(array.length);
			for (Object item : array) {
				write(item, codec, out);
			}
		}
		else if (!writeNumber(value, out) && !writeOther(value, out)) {
			out.writeByte(PRINTED).writeText(codec.print(value));
		}
	}

	private static boolean writeNumber(Object value, ByteWriter out) {
		if (value instanceof Integer number) {
			out.writeByte(INTEGER).writeSigned(number);
		}
		else if (value instanceof Long number) {
			out.writeByte(LONG).writeSigned(number);
		}
		else if (value instanceof Float number) {
			out.writeByte(FLOAT).writeFixed(Float.floatToRawIntBits(number));
		}
		else if (value instanceof Double number) {
			out.writeByte(DOUBLE).writeFixed(Double.doubleToRawLongBits(number));
		}
		else if (value instanceof Numeric number) {
			write(number, out);
		}
		else {
			return false;
		}
		return true;
	}

	private static void write(Numeric number, ByteWriter out) {
		if (number.isFinite() && !number.isLong()) {
			out.writeByte(NUMBER)
				.writeUnsigned(number.number().scale())
				.writeBytes(number.number().unscaledValue().toByteArray());
		}
		else {
			out.writeByte(NUMBER_TEXT).writeText(number.toString());
		}
	}

	private static boolean writeOther(Object value, ByteWriter out) {
		if (value instanceof String text) {
			out.writeByte(TEXT).writeText(text);
		}
		else if (value instanceof Boolean flag) {
			out.writeByte(flag ? TRUE : FALSE);
		}
		else if (value instanceof byte[] bytes) {
			out.writeByte(BYTES).writeBytes(bytes);
		}
		else if (value instanceof UUID id) {
			out.writeByte(UNIQUE).writeFixed(id.getMostSignificantBits()).writeFixed(id.getLeastSignificantBits());
		}
		else if (value instanceof Interval length) {
			out.writeByte(INTERVAL)
				.writeSigned(length.months())
				.writeSigned(length.days())
				.writeSigned(length.micros());
		}
		else if (value instanceof TimeWithZone time) {
			out.writeByte(TIME).writeSigned(time.micros()).writeSigned(time.zone());
		}
		else if (value instanceof OwnValue own) {
			out.writeByte(OWN).writeText(own.text()).writeText(own.json());
		}
		else {
			return false;
		}
		return true;
	}

	static @Nullable Object read(Codec<Object> codec, ByteReader in) {
		int form = in.readByte();
		return switch (form) {
			case NULL -> null;
			case FALSE -> false;
			case TRUE -> true;
			case INTEGER -> Math.toIntExact(in.readSigned());
			case LONG -> in.readSigned();
			case FLOAT -> Float.intBitsToFloat(in.readFixedInt());
			case DOUBLE -> Double.longBitsToDouble(in.readFixedLong());
			case TEXT -> in.readText();
			case BYTES -> in.readBytes();
			case UNIQUE -> new UUID(in.readFixedLong(), in.readFixedLong());
			case NUMBER -> readNumber(in);
			case NUMBER_TEXT -> Numeric.parse(in.readText());
			case INTERVAL ->
				new Interval(Math.toIntExact(in.readSigned()), Math.toIntExact(in.readSigned()), in.readSigned());
			case TIME -> new TimeWithZone(in.readSigned(), Math.toIntExact(in.readSigned()));
			case ARRAY -> readArray(codec, in);
			case PRINTED -> codec.parse(in.readText());
			case OWN -> new OwnValue(in.readText(), in.readText());
			default -> throw new IllegalArgumentException("No form of a value: " + form);
		};
	}

	private static Numeric readNumber(ByteReader in) {
		int scale = in.readInt();
		return Numeric.of(new BigDecimal(new BigInteger(in.readBytes()), scale));
	}

	private static @Nullable Object[] readArray(Codec<Object> codec, ByteReader in) {
		@Nullable Object[] array = new Object[in.readInt()];
		for (int i = 0; i < array.length; i++) {
			array[i] = read(codec, in);
		}
		return array;
	}

}
