package io.kalam.sequence;

import io.kalam.catalog.Lsn;

/**
 * What a journal remembers of the history that it holds.
 *
 * @param identity which history it is
 * @param durable its last durable commit
 */
public record JournalPosition(JournalIdentity identity, Lsn durable) {

}
