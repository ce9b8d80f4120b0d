package io.kalam.capture.debezium;

import java.util.Map;
import java.util.function.Supplier;

import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.TableName;
import io.kalam.codec.RowType;

import org.springframework.util.Assert;

/**
 * What a {@link DebeziumChangeSource} is to read.
 *
 * @param postgres the database and the login
 * @param slot the replication slot; exists and uses {@code pgoutput}
 * @param publication the publication; exists
 * @param topicPrefix names this source in metrics and thread names; no other source of
 * this JVM has the same
 * @param messagePrefix the prefix of the logical messages that tell progress; those that
 * are not transactional move it
 * @param maxTransactionBytes how much of the heap one transaction may take, in bytes;
 * beyond it the tables that it touched are reset
 * @param properties further properties of Debezium; what the guarantees rest on is
 * refused
 * @param rowTypes what the rows of the tables consist of. The tables that it names at the
 * start are the ones that are read; what it says of them is asked anew at the beginning
 * of every transaction, so it is to give the same map as long as nothing has changed, and
 * another one once a table that was reset for its schema has been looked at again
 */
public record DebeziumSettings(PostgresSettings postgres, String slot, String publication, String topicPrefix,
		String messagePrefix, long maxTransactionBytes, Map<String, String> properties,
		Supplier<Map<TableName, RowType>> rowTypes) {

	public DebeziumSettings {
		Assert.hasLength(slot, "slot must not be empty");
		Assert.hasLength(publication, "publication must not be empty");
		Assert.hasLength(topicPrefix, "topicPrefix must not be empty");
		Assert.hasLength(messagePrefix, "messagePrefix must not be empty");
		Assert.isTrue(maxTransactionBytes > 0, "maxTransactionBytes must be positive");
		properties = Map.copyOf(properties);
		ConnectorConfiguration.refuseReserved(properties);
	}

}
