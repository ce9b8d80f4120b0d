package io.kalam.boot.test.desk;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A notice for who keeps the desk.
 */
@RealtimeTable(type = RealtimeTableType.SHARED, authorities = "ROLE_KEEPER")
@Table("notices")
public record Notice(@Id Long id, String body) {

}
