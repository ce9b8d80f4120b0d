package io.kalam.boot.jpa;

import io.kalam.RealtimeTable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * An entity whose names come from Hibernate's naming strategy.
 */
@Entity
@RealtimeTable(owner = "assigneeId", exclude = "internalNotes")
public class JpaTicket {

	@Id
	private Long id;

	private String assigneeId;

	private String internalNotes;

}
