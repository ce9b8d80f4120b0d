/**
 * Positions in history: sequence, generation, epoch. A sequence is a pure function of the
 * WAL and of the generation that the database itself keeps: nobody allocates one.
 */
@NullMarked
package io.kalam.sequence;

import org.jspecify.annotations.NullMarked;
