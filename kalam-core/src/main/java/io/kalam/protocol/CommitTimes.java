package io.kalam.protocol;

import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * Writes the time of a commit. The frames of one commit follow each other, and share what
 * was written last. May be used by many threads.
 */
final class CommitTimes {

	private static final DateTimeFormatter MICROS = ServerFrames.instants(6);

	private static volatile Written last = write(Instant.EPOCH);

	private CommitTimes() {
	}

	/**
	 * A time as a JSON string.
	 * @param time the time
	 * @return its bytes, quotes included; not to be changed
	 */
	static byte[] json(Instant time) {
		Written known = last;
		if (!known.time().equals(time)) {
			known = write(time);
			last = known;
		}
		return known.json();
	}

	private static Written write(Instant time) {
		return new Written(time, JsonBytes.quoted(MICROS.format(time)));
	}

	private record Written(Instant time, byte[] json) {

	}

}
