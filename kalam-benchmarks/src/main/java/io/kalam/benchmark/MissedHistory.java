package io.kalam.benchmark;

import java.util.SplittableRandom;

/**
 * What happened while nobody listened: users whose changes take turns, and one, the
 * reader, whose changes are spread evenly among theirs. Each change is a commit of its
 * own, whose sequence is its number, from 1. The same every time.
 *
 * @param users how many users there are beside the reader
 * @param each how many changes each of them has
 * @param missed how many changes the reader has; none is the first of all
 * @param bytes the size of a row's text, which can't be compressed to less than half
 */
record MissedHistory(int users, int each, int missed, int bytes) {

	static final String READER = "reader";

	static String user(long number) {
		return "user " + number;
	}

	/**
	 * How many changes there are.
	 * @return the number, which is the last sequence
	 */
	long size() {
		return (long) this.users * this.each + this.missed;
	}

	/**
	 * Tells it from the begin.
	 * @param listener is told of each change in order
	 * @param <X> what the listener may throw
	 * @throws X if the listener does
	 */
	<X extends Exception> void tell(Listener<X> listener) throws X {
		SplittableRandom random = new SplittableRandom(1);
		long others = 0;
		for (long number = 1; number <= size(); number++) {
			boolean turn = number * this.missed / size() > (number - 1) * this.missed / size();
			listener.onChange(number, turn ? READER : user(others++ % this.users), body(random));
		}
	}

	private String body(SplittableRandom random) {
		StringBuilder body = new StringBuilder(this.bytes + Long.BYTES * 2);
		while (body.length() < this.bytes) {
			body.append(Long.toHexString(random.nextLong()));
		}
		body.setLength(this.bytes);
		return body.toString();
	}

	/**
	 * Is told of changes.
	 *
	 * @param <X> what it may throw
	 */
	@FunctionalInterface
	interface Listener<X extends Exception> {

		void onChange(long number, String owner, String body) throws X;

	}

}
