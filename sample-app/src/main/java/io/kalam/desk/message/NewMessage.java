package io.kalam.desk.message;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message to write.
 *
 * @param room the room; {@code general} by default
 * @param body the text
 */
record NewMessage(@Pattern(regexp = Message.ROOM, message = Message.ROOM_MESSAGE) @Nullable String room,
		@NotNull @Pattern(regexp = Message.BODY, message = Message.BODY_MESSAGE) String body) {
}
