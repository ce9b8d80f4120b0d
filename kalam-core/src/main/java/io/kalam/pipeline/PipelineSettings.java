package io.kalam.pipeline;

import java.time.Duration;

import io.kalam.catalog.Manage;
import io.kalam.catalog.PostgresSettings;

/**
 * How the pipeline is run.
 *
 * @param postgres the database
 * @param slot the name of the replication slot
 * @param publication the name of the publication
 * @param manage what we may do to the database by ourselves
 * @param manageReplicaIdentity whether we may set the replica identity of realtime tables
 * @param onSlotLost what is done when the slot is lost
 * @param heartbeatInterval how often the heart beats
 * @param checkInterval how often the catalog is looked at while changes are streamed
 */
public record PipelineSettings(PostgresSettings postgres, String slot, String publication, Manage manage,
		boolean manageReplicaIdentity, OnSlotLost onSlotLost, Duration heartbeatInterval, Duration checkInterval) {

}
