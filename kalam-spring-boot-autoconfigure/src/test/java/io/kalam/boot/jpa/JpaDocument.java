package io.kalam.boot.jpa;

import io.kalam.RealtimeTable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/**
 * An entity that names its table and its columns.
 */
@Entity
@Table(schema = "app", name = "documents")
@RealtimeTable(owner = "author")
public class JpaDocument {

	@Id
	private Long id;

	@Column(name = "\"Written By\"")
	private String author;

	@ManyToOne
	@JoinColumn(name = "ticket_ref")
	private JpaTicket ticket;

}
