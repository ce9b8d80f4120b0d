package io.kalam.desk.ticket;

import io.kalam.desk.UserName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A ticket to create.
 *
 * @param title its title
 * @param priority its priority; {@code normal} by default
 * @param status its status; {@code open} by default
 * @param assigneeId who gets it; the caller by default
 */
record NewTicket(@NotNull @Title String title,
		@Pattern(regexp = Ticket.PRIORITIES, message = Ticket.PRIORITIES_MESSAGE) @Nullable String priority,
		@Pattern(regexp = Ticket.STATUSES, message = Ticket.STATUSES_MESSAGE) @Nullable String status,
		@UserName @Nullable String assigneeId) {
}
