package io.kalam.boot.notes;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody tells everybody.
 *
 * @param author who tells it
 * @param room where
 * @param strength how strongly
 * @param text what
 */
@RealtimeTable(type = RealtimeTableType.STREAM, sender = "author", key = "room", ttl = "1m")
public record Signal(String author, String room, int strength, @Nullable String text) {

}
