package io.kalam.desk.presence;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;

/**
 * Somebody has the desk open. Pages hold it: it lives as long as one of the user's is
 * connected, and a little longer.
 *
 * @param userId who it is, as the token says
 * @param place where, always {@link #DESK}
 */
@RealtimeTable(type = RealtimeTableType.STREAM, sender = "userId", key = "place", ttl = "30s", maxRows = 10_000)
public record Presence(String userId, String place) {

	static final String DESK = "desk";

}
