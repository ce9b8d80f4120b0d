package io.kalam.codec;

/**
 * A value of type {@code timetz}. Ordered by the moment, and where that is the same, from
 * east to west.
 *
 * @param micros microseconds since midnight, up to 24 hours
 * @param zone seconds east of Greenwich
 */
public record TimeWithZone(long micros, int zone) implements Comparable<TimeWithZone> {

	@Override
	public int compareTo(TimeWithZone other) {
		int moment = Long.compare(this.micros - this.zone * Times.SECOND, other.micros - other.zone * Times.SECOND);
		return (moment != 0) ? moment : Integer.compare(other.zone, this.zone);
	}

}
