package io.kalam.boot.notes;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is somewhere.
 *
 * @param place where
 * @param userId who
 * @param status how they are
 */
@RealtimeTable(type = RealtimeTableType.STREAM, sender = "userId", key = "place", ttl = "30s")
public record Presence(String place, String userId, @Nullable String status) {

}
