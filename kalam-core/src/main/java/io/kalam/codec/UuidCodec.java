package io.kalam.codec;

import java.util.UUID;

import tools.jackson.core.JsonGenerator;

/**
 * {@code uuid}; ordered by its bytes, which {@link UUID#compareTo} is not.
 */
final class UuidCodec implements Codec<UUID> {

	private static final int LENGTH = 36;

	@Override
	public Class<UUID> type() {
		return UUID.class;
	}

	@Override
	public UUID parse(String text) {
		if (text.length() != LENGTH) {
			throw TextCursor.refuse("uuid");
		}
		for (int i = 0; i < LENGTH; i++) {
			boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
			char character = text.charAt(i);
			if (hyphen ? character != '-' : character > 'f' || Character.digit(character, 16) < 0) {
				throw TextCursor.refuse("uuid");
			}
		}
		return UUID.fromString(text);
	}

	@Override
	public String print(UUID value) {
		return value.toString();
	}

	@Override
	public void write(UUID value, JsonGenerator out) {
		out.writeString(value.toString());
	}

	@Override
	public String typeScriptType() {
		return "string";
	}

	@Override
	public boolean ordered() {
		return true;
	}

	@Override
	public boolean comparable() {
		return true;
	}

	@Override
	public boolean identifying() {
		return true;
	}

	@Override
	public int compare(UUID left, UUID right) {
		int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
		return (high != 0) ? high
				: Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
	}

	@Override
	public int sizeOf(UUID value) {
		return 32;
	}

}
