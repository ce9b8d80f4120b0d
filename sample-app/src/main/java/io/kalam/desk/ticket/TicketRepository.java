package io.kalam.desk.ticket;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.data.r2dbc.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * The tickets. What a user may see and change is part of each statement, so that a ticket
 * which changes hands in between can't slip through.
 */
interface TicketRepository extends Repository<Ticket, Long> {

	Flux<Ticket> findByAssigneeIdOrderById(String assigneeId);

	@Query("""
			INSERT INTO tickets (assignee_id, title, priority, status)
			VALUES (:assigneeId, :title, :priority, :status)
			RETURNING *""")
	Mono<Ticket> create(String assigneeId, String title, String priority, String status);

	@Query("""
			UPDATE tickets
			SET title = coalesce(:title, title), priority = coalesce(:priority, priority),
				status = coalesce(:status, status), assignee_id = coalesce(:newAssigneeId, assignee_id),
				updated_at = now()
			WHERE id = :id AND assignee_id = :assigneeId
			RETURNING *""")
	Mono<Ticket> change(long id, String assigneeId, @Nullable String title, @Nullable String priority,
			@Nullable String status, @Nullable String newAssigneeId);

	Mono<Integer> deleteByIdAndAssigneeId(long id, String assigneeId);

}
