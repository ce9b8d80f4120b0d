/**
 * From the replication slot to committed transactions: whole, in commit order, at least
 * once. A position that has not been acknowledged is delivered again after a restart.
 */
@NullMarked
package io.kalam.capture;

import org.jspecify.annotations.NullMarked;
