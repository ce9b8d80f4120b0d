package io.kalam.boot.notes;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;

/**
 * Something that somebody tells one other.
 *
 * @param recipient to whom
 * @param author who tells it
 * @param text what
 */
@RealtimeTable(type = RealtimeTableType.STREAM, owner = "recipient", sender = "author", ttl = "1m")
public record Whisper(String recipient, String author, String text) {

}
