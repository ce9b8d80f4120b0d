/**
 * Positions in history: sequence, generation, epoch. A sequence is a pure function of the
 * WAL and of the generation that the database itself keeps: nobody allocates one.
 * <p>
 * A process that begins to stream looks at slot and identity with an
 * {@link io.kalam.sequence.IdentityStore}, lets {@link io.kalam.sequence.HistoryCheck}
 * decide, makes the slot if there is none or it has to be replaced, and begins a
 * generation if history demands one. From then on it lets the heart beat, and tells the
 * slot no position that a beat has not recorded before.
 */
@NullMarked
package io.kalam.sequence;

import org.jspecify.annotations.NullMarked;
