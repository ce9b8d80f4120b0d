package io.kalam.desk.message;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * What to change of a message.
 *
 * @param body the new text
 */
record MessageChanges(@NotNull @Pattern(regexp = Message.BODY, message = Message.BODY_MESSAGE) String body) {
}
