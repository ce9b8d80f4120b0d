package io.kalam.boot.hints;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;

/**
 * Something that somebody is told, of which one lives at a time.
 *
 * @param owner to whom
 * @param name what
 */
@RealtimeTable(type = RealtimeTableType.STREAM, owner = "owner", key = "name", ttl = "1h", maxRows = 1)
public record Hint(String owner, String name) {

}
