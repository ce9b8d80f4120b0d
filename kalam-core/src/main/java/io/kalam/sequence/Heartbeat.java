package io.kalam.sequence;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.ServerState;
import io.kalam.catalog.SlotState;
import io.kalam.catalog.TransactionSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What one beat of the heart has brought back, all of it from one statement.
 *
 * @param identity the identity after the beat
 * @param snapshot which transactions the statement could see; taken before the positions
 * were read
 * @param message the end of the logical message that was written; the stream reports
 * progress to it
 * @param server where the log stands
 * @param slot the slot, {@code null} if it is gone
 */
public record Heartbeat(Identity identity, TransactionSnapshot snapshot, Lsn message, ServerState server,
		@Nullable SlotState slot) {

}
