package io.kalam.boot.test.desk;

import java.util.concurrent.CompletableFuture;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;

/**
 * What may be done with tickets.
 */
@Service
public class TicketService {

	private final DatabaseClient database;

	TicketService(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Opens a ticket.
	 */
	public long open(String assignee, String title) {
		return this.database.sql("INSERT INTO tickets (assignee_id, title) VALUES (:assignee, :title) RETURNING id")
			.bind("assignee", assignee)
			.bind("title", title)
			.map((row) -> row.get(0, Long.class))
			.one()
			.block();
	}

	/**
	 * Gives a ticket to somebody.
	 */
	public void assign(long id, String assignee) {
		execute("UPDATE tickets SET assignee_id = '" + assignee + "' WHERE id = " + id);
	}

	/**
	 * Whether somebody has a ticket.
	 */
	public boolean hasOne(String assignee) {
		return this.database.sql("SELECT EXISTS (SELECT 1 FROM tickets WHERE assignee_id = :assignee)")
			.bind("assignee", assignee)
			.map((row) -> row.get(0, Boolean.class))
			.one()
			.block();
	}

	/**
	 * Deletes a ticket.
	 */
	public void delete(long id) {
		execute("DELETE FROM tickets WHERE id = " + id);
	}

	/**
	 * Opens a ticket at some later time.
	 */
	public void openSoon(String assignee, String title) {
		CompletableFuture.runAsync(() -> open(assignee, title));
	}

	/**
	 * Executes a statement.
	 */
	public void execute(String sql) {
		this.database.sql(sql).then().block();
	}

}
