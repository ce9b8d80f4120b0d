package io.kalam.sequence;

import io.kalam.catalog.ServerState;
import io.kalam.catalog.SlotState;
import org.jspecify.annotations.Nullable;

/**
 * Slot, identity and server, looked at in this order: what was acknowledged is recorded
 * first and told to the slot later, so that a slot beyond the record was moved by
 * somebody else.
 *
 * @param slot the slot, {@code null} if there is none
 * @param identity the identity, {@code null} if there is none for the slot
 * @param server where the log stands
 */
public record Sighting(@Nullable SlotState slot, @Nullable Identity identity, ServerState server) {

}
