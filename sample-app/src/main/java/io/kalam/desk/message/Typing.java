package io.kalam.desk.message;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;
import org.jspecify.annotations.Nullable;

/**
 * Somebody is writing a message in a room. Pages tell it every few seconds for as long as
 * that is so, and who has told it last is the key: a user types in one room at a time.
 *
 * @param author who it is, as the token says
 * @param room the room; what a client leaves out is null
 */
@RealtimeTable(type = RealtimeTableType.STREAM, sender = "author", key = "author", ttl = "6s")
public record Typing(String author, @Nullable String room) {
}
