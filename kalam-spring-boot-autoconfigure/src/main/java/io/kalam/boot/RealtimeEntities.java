package io.kalam.boot;

import java.util.List;

import io.kalam.partition.RealtimeTableDefinition;

/**
 * The realtime tables that the application wants.
 *
 * @param definitions what its classes say
 */
record RealtimeEntities(List<RealtimeTableDefinition> definitions) {

	RealtimeEntities {
		definitions = List.copyOf(definitions);
	}

	/**
	 * Whether there is nothing to do.
	 */
	boolean isEmpty() {
		return this.definitions.isEmpty();
	}

}
