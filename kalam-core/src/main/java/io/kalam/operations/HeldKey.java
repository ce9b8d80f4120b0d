package io.kalam.operations;

import io.kalam.catalog.TableName;
import io.kalam.event.EventKey;

/**
 * What makes an event the same as another.
 *
 * @param stream its stream
 * @param key its key there
 */
record HeldKey(TableName stream, EventKey key) {

	static HeldKey of(AdmittedEvent event) {
		return new HeldKey(event.stream().name(), EventKey.of(event.row()));
	}

}
