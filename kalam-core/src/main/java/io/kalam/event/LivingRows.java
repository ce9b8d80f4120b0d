package io.kalam.event;

import java.util.List;

import io.kalam.change.Row;
import io.kalam.sequence.Sequence;

/**
 * The events of a partition that live at a position.
 *
 * @param position the position
 * @param rows the events, oldest first
 */
record LivingRows(Sequence position, List<Row> rows) {

}
