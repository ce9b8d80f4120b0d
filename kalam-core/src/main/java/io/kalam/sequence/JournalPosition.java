package io.kalam.sequence;

import java.util.UUID;

import io.kalam.catalog.Lsn;

/**
 * What a journal remembers of the history that it holds.
 *
 * @param generation the generation of its last commit
 * @param incarnation the incarnation of that generation
 * @param heartbeat the last heartbeat that it knows of
 * @param timeline the timeline of its last commit
 * @param durable its last durable commit
 */
public record JournalPosition(Generation generation, UUID incarnation, long heartbeat, int timeline, Lsn durable) {

}
