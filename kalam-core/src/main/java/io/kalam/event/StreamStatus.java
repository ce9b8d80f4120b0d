package io.kalam.event;

import java.util.Map;

/**
 * How a stream is doing in this process.
 *
 * @param living how many events live
 * @param bytes about how many bytes of heap they take
 * @param told how many events have been told since the process began; not those that were
 * only held further
 * @param ended how many of them have come to each end; not those that were forgotten with
 * their history
 * @param lost how many events could not be told: they could not be read, or their
 * transaction had too many
 */
public record StreamStatus(long living, long bytes, long told, Map<EventEnd, Long> ended, long lost) {

	/**
	 * How many events have come to an end.
	 * @param end the end
	 * @return how many, since the process began
	 */
	public long ended(EventEnd end) {
		return this.ended.getOrDefault(end, 0L);
	}

}
