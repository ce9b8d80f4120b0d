package io.kalam.desk.ticket;

import io.kalam.desk.UserName;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a ticket; what is absent or null stays as it is.
 *
 * @param title the new title
 * @param priority the new priority
 * @param status the new status
 * @param assigneeId who gets the ticket
 */
record TicketChanges(@Title @Nullable String title,
		@Pattern(regexp = Ticket.PRIORITIES, message = Ticket.PRIORITIES_MESSAGE) @Nullable String priority,
		@Pattern(regexp = Ticket.STATUSES, message = Ticket.STATUSES_MESSAGE) @Nullable String status,
		@UserName @Nullable String assigneeId) {
}
