/**
 * A journal in memory, for tests, for development and for applications that can do
 * without resuming after a restart. Input and output are those of
 * {@link io.kalam.journal.ChangeJournal}; the guarantee is a bound in bytes and in age.
 */
@NullMarked
package io.kalam.journal.memory;

import org.jspecify.annotations.NullMarked;
