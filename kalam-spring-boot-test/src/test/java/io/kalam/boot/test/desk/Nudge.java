package io.kalam.boot.test.desk;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;

/**
 * A user's hint to a colleague.
 */
@RealtimeTable(type = RealtimeTableType.STREAM, owner = "recipient", sender = "author", key = "author", ttl = "1h")
public record Nudge(String recipient, String author, String text) {

}
