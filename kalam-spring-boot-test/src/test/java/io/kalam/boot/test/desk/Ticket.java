package io.kalam.boot.test.desk;

import java.time.Instant;

import io.kalam.RealtimeTable;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Column;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A ticket that only its assignee sees.
 */
@RealtimeTable(owner = "assigneeId")
@Table("tickets")
public record Ticket(@Id Long id, String assigneeId, String title, @Column("stage") String status, Instant updatedAt) {

}
