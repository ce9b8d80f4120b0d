package io.kalam.codec;

/**
 * {@code citext} where only the letters A to Z have a case: compared as if they were
 * small.
 */
final class CitextCodec extends StringCodec {

	CitextCodec(TextOrder order) {
		super(order);
	}

	@Override
	public String parse(String text) {
		return checked("citext", text, Integer.MAX_VALUE);
	}

	@Override
	public boolean identifying() {
		return false;
	}

	@Override
	public int compare(String left, String right) {
		return super.compare(folded(left), folded(right));
	}

	private static String folded(String text) {
		StringBuilder folded = null;
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character >= 'A' && character <= 'Z') {
				folded = (folded != null) ? folded : new StringBuilder(text);
				folded.setCharAt(i, (char) (character + 'a' - 'A'));
			}
		}
		return (folded != null) ? folded.toString() : text;
	}

}
