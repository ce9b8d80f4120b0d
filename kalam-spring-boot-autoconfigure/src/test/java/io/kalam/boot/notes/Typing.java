package io.kalam.boot.notes;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;

/**
 * That somebody writes a note to somebody.
 *
 * @param recipient to whom
 * @param authorName who writes
 */
@RealtimeTable(type = RealtimeTableType.STREAM, owner = "recipient", key = "authorName", ttl = "1m")
public record Typing(String recipient, String authorName) {

}
