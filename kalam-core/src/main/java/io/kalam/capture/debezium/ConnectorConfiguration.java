package io.kalam.capture.debezium;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

import io.kalam.catalog.KalamSchema;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.TableName;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of Debezium's connector: what the guarantees rest on is pinned, the
 * rest is the user's.
 */
final class ConnectorConfiguration {

	/**
	 * What may not be set, with what to do instead. A key that ends in a dot stands for
	 * all that begin with it.
	 */
	private static final Map<String, String> RESERVED = reserved();

	private ConnectorConfiguration() {
	}

	private static Map<String, String> reserved() {
		Map<String, String> reserved = new TreeMap<>();
		put(reserved, "set spring.datasource.* or spring.r2dbc.*, which kalam.postgres.* refines", "database.",
				"driver.", "connector.class", "name", "tasks.max", "plugin.name", "topic.prefix",
				"topic.naming.strategy", "custom.sanitize.pattern");
		put(reserved, "set kalam.postgres.slot", "slot.");
		put(reserved, "set kalam.postgres.publication", "publication.", "publish.via.partition.root");
		put(reserved, "annotate the tables with @RealtimeTable", "table.", "schema.include.list", "schema.exclude.list",
				"message.key.columns");
		put(reserved, "hide columns with @RealtimeTable(columns = ...) or (exclude = ...)", "column.",
				"datatype.propagate.source.type");
		put(reserved, "Kalam reads its own snapshots", "snapshot.", "incremental.snapshot.", "read.only", "signal.",
				"streaming.delay.ms", "legacy.snapshot.max.threads");
		put(reserved, "Kalam keeps the position itself", "offset.", "lsn.", "flush.lsn.source",
				"log.position.check.enable", "status.update.interval.ms", "xmin.fetch.interval.ms");
		put(reserved, "Kalam sends its own heartbeat", "heartbeat.", "message.prefix.");
		put(reserved, "Kalam restarts the capture itself", "errors.", "retriable.restart.connector.wait.ms",
				"custom.retriable.exception", "executor.shutdown.timeout.ms", "event.processing.failure.handling.mode",
				"event.converting.failure.handling.mode");
		put(reserved, "values have one form, which the protocol describes", "decimal.handling.mode",
				"interval.handling.mode", "time.precision.mode", "binary.handling.mode", "hstore.handling.mode",
				"money.fraction.digits", "include.unknown.datatypes", "unavailable.value.placeholder",
				"schema.name.adjustment.mode", "field.name.adjustment.mode", "schema.refresh.mode", "converters",
				"post.processors", "transforms", "predicates", "key.converter", "value.converter", "header.converter",
				"memory.management.", "extended.headers.enabled");
		put(reserved, "every change of a transaction is needed", "skipped.operations", "skip.messages.without.change",
				"tombstones.on.delete", "provide.transaction.metadata", "transaction.metadata.factory",
				"sourceinfo.struct.maker", "replica.identity.autoset.values");
		put(reserved, "Kalam waits for the socket and has a queue of its own", "poll.interval.ms", "max.queue.size",
				"max.batch.size", "max.queue.size.in.bytes", "queue.provider.type", "record.processing.");
		return Map.copyOf(reserved);
	}

	private static void put(Map<String, String> reserved, String instead, String... keys) {
		for (String key : keys) {
			reserved.put(key, instead);
		}
	}

	/**
	 * Checks what the user has set.
	 * @param properties properties of Debezium
	 * @throws ReservedPropertiesException if there are some that are pinned; names them
	 * all
	 */
	static void refuseReserved(Map<String, String> properties) {
		Map<String, String> refused = new TreeMap<>();
		for (String key : properties.keySet()) {
			String instead = instead(key);
			if (instead != null) {
				refused.put(key, instead);
			}
		}
		if (!refused.isEmpty()) {
			throw new ReservedPropertiesException(refused);
		}
	}

	private static @Nullable String instead(String key) {
		for (Map.Entry<String, String> entry : RESERVED.entrySet()) {
			String reserved = entry.getKey();
			if (key.equals(reserved) || (reserved.endsWith(".") && key.startsWith(reserved))) {
				return entry.getValue();
			}
		}
		return null;
	}

	static Map<String, String> of(DebeziumSettings settings, Collection<TableName> tables) {
		Map<String, String> all = new TreeMap<>(settings.properties());
		connection(all, settings.postgres(), settings.topicPrefix());
		all.put("name", settings.topicPrefix());
		all.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
		all.put("topic.prefix", settings.topicPrefix());
		all.put("plugin.name", "pgoutput");
		all.put("slot.name", settings.slot());
		all.put("slot.drop.on.stop", "false");
		all.put("slot.max.retries", "0");
		all.put("publication.name", settings.publication());
		all.put("publication.autocreate.mode", "disabled");
		all.put("publish.via.partition.root", "true");
		all.put("table.include.list", list(tables));
		all.put("message.prefix.include.list",
				Pattern.quote(settings.messagePrefix()) + ',' + Pattern.quote(KalamSchema.EVENT_PREFIX) + ".*");
		all.put("snapshot.mode", "no_data");
		all.put("lsn.flush.mode", "connector");
		all.put("offset.mismatch.strategy", "no_validation");
		all.put("skipped.operations", "none");
		all.put("tombstones.on.delete", "false");
		all.put("provide.transaction.metadata", "false");
		values(all);
		life(all);
		return all;
	}

	private static void connection(Map<String, String> all, PostgresSettings postgres, String topicPrefix) {
		postgres.properties().forEach((key, value) -> all.put("driver." + key, value));
		if (all.remove("driver.sslpassword") != null) {
			all.put("driver.sslpasswordcallback", KeyPassword.class.getName());
		}
		// Debezium refuses an IPv6 address; the sockets know it
		all.put("database.hostname", (postgres.host().indexOf(':') >= 0) ? "localhost" : postgres.host());
		all.put("database.port", Integer.toString(postgres.port()));
		all.put("database.dbname", postgres.database());
		all.put("database.user", postgres.user());
		all.put("database.password", postgres.password());
		all.put("driver.connectTimeout", "5");
		all.put("driver.tcpKeepAlive", "true");
		all.put("driver.socketFactory", CaptureSocketFactory.class.getName());
		all.put("driver.socketFactoryArg", topicPrefix);
	}

	private static void values(Map<String, String> all) {
		all.put("decimal.handling.mode", "string");
		all.put("interval.handling.mode", "string");
		all.put("time.precision.mode", "microseconds");
		all.put("binary.handling.mode", "bytes");
		all.put("hstore.handling.mode", "map");
		all.put("include.unknown.datatypes", "true");
		all.put("event.converting.failure.handling.mode", "fail");
		all.put("event.processing.failure.handling.mode", "fail");
		all.put("unavailable.value.placeholder", UUID.randomUUID().toString());
	}

	private static void life(Map<String, String> all) {
		all.put("errors.max.retries", "0");
		all.put("executor.shutdown.timeout.ms", "2000");
		all.put("poll.interval.ms", "1");
		all.put("max.batch.size", "1");
		all.put("max.queue.size", "8192");
		all.put("status.update.interval.ms", "60000");
		all.put("heartbeat.interval.ms", "0");
		all.put("signal.enabled.channels", "");
	}

	private static String list(Collection<TableName> tables) {
		List<String> names = tables.stream()
			.sorted()
			.map((table) -> literal(table.schema()) + "\\." + literal(table.name()))
			.toList();
		return names.isEmpty() ? "no\\.table" : String.join(",", names);
	}

	private static String literal(String name) {
		StringBuilder literal = new StringBuilder();
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			boolean plain = c == '_' || Character.isLetterOrDigit(c);
			literal.append(plain ? String.valueOf(c) : String.format("\\x{%x}", (int) c));
		}
		return literal.toString();
	}

}
