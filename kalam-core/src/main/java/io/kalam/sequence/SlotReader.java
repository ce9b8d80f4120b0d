package io.kalam.sequence;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Who reads a slot.
 *
 * @param pid the server's process that streams from the slot, {@code null} if none does
 * @param holder the token of the recorded reader, {@code null} if there is none
 * @param own whether that token is ours
 * @param heartbeat how often the recorded reader's heart has beaten, -1 if there is no
 * record
 */
public record SlotReader(@Nullable Integer pid, @Nullable UUID holder, boolean own, long heartbeat) {

}
