package io.kalam.benchmark.application;

import java.time.Instant;

import io.kalam.RealtimeTable;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * The one entity. Where there is no Kalam, Java leaves its annotation out.
 *
 * @param id the key
 * @param owner whose it is
 * @param status what is to be done
 * @param body what is wrong
 * @param created when it was found
 */
@RealtimeTable(owner = "owner")
@Table("items")
public record Item(@Id long id, String owner, String status, String body, Instant created) {

}
