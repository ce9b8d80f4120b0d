package io.kalam.desk.ticket;

import java.time.Instant;

import io.kalam.RealtimeTable;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A support ticket, seen by its assignee only.
 *
 * @param id the database's identity
 * @param assigneeId the user who works on it
 * @param title one line that says what is wrong
 * @param priority low, normal, high or urgent
 * @param status open, in_progress, done or closed
 * @param updatedAt when it was changed through the API
 */
@RealtimeTable(owner = "assigneeId")
@Table("tickets")
public record Ticket(@Id long id, String assigneeId, String title, String priority, String status, Instant updatedAt) {

	static final String PRIORITIES = "low|normal|high|urgent";

	static final String PRIORITIES_MESSAGE = "must be low, normal, high or urgent";

	static final String STATUSES = "open|in_progress|done|closed";

	static final String STATUSES_MESSAGE = "must be open, in_progress, done or closed";

}
