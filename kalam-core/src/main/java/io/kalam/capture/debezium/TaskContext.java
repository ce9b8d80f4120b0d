package io.kalam.capture.debezium;

import java.util.Map;

import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * What Debezium's task may ask of whoever runs it.
 *
 * @param configs its configuration
 * @param offsetStorageReader where it resumes
 */
record TaskContext(Map<String, String> configs, OffsetStorageReader offsetStorageReader) implements SourceTaskContext {

	@Override
	public PluginMetrics pluginMetrics() {
		throw new UnsupportedOperationException("There are no metrics of Kafka Connect");
	}

}
