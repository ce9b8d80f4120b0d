package io.kalam.desk.message;

import java.time.Instant;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * What somebody said in a room, seen by everybody who is signed in.
 *
 * @param id the database's identity
 * @param room the room
 * @param author the user who wrote it
 * @param body the text
 * @param createdAt when it was written
 */
@RealtimeTable(type = RealtimeTableType.SHARED)
@Table("messages")
public record Message(@Id long id, String room, String author, String body, Instant createdAt) {

	static final String ROOM = "[a-z][a-z0-9_-]{0,31}";

	static final String ROOM_MESSAGE = "must be a name such as general: a letter a-z, then at most 31 of a-z, 0-9, _ and -";

	static final String BODY = "(?s)(?=.*\\S)[^\\x00]{1,2000}";

	static final String BODY_MESSAGE = "must be a text of 1 to 2000 characters";

}
