package io.kalam.snapshot.r2dbc;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.sequence.Sequence;

/**
 * The moment at which rows were read.
 *
 * @param horizon a position, taken before the read began, up to which it has seen all
 * @param visibility which transactions it had seen
 * @param fence a position beyond their commit records
 */
record Moment(Sequence horizon, TransactionSnapshot visibility, Lsn fence) {

}
