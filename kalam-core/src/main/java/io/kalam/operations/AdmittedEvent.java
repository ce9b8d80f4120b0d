package io.kalam.operations;

import io.kalam.change.Row;
import io.kalam.partition.LiveTable;

/**
 * An event that a user may tell.
 *
 * @param stream its stream
 * @param row the event
 */
record AdmittedEvent(LiveTable stream, Row row) {

}
