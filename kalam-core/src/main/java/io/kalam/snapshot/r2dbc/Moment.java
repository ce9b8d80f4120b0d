package io.kalam.snapshot.r2dbc;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TransactionSnapshot;

/**
 * The moment at which rows were read.
 *
 * @param visibility which transactions it had seen
 * @param fence a position beyond their commit records
 */
record Moment(TransactionSnapshot visibility, Lsn fence) {

}
