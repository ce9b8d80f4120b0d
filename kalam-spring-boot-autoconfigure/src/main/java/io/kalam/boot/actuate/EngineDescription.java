package io.kalam.boot.actuate;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * How the engine is doing.
 *
 * @param state what the pipeline does
 * @param since since when
 * @param detail what an operator should know
 * @param capture how far capture is; absent in a process that does not read the slot
 * @param history which history is told; absent until that is known
 * @param journal how history is kept; absent once it is closed
 * @param tables the realtime tables and whether they are in service
 * @param connections how many sockets are open; absent where there are none to be had
 * @param sessions what the sessions are altogether
 * @param subscriptions how many subscriptions each table has
 */
record EngineDescription(String state, String since, @Nullable String detail, @Nullable Capture capture,
		@Nullable History history, @Nullable Journal journal, Map<String, Boolean> tables,
		@Nullable Integer connections, Sessions sessions,
		Map<String, Integer> subscriptions) implements OperationResponseBody {

	/**
	 * How far capture is.
	 */
	record Capture(double lagSeconds, long lagBytes, double unacknowledgedSeconds, double heartbeatSecondsAgo,
			boolean catchingUp, String serverPosition, int timeline, @Nullable Slot slot) {

	}

	/**
	 * The replication slot, as of the last heartbeat.
	 */
	record Slot(String name, @Nullable Integer activePid, @Nullable String walStatus, boolean lost,
			@Nullable String invalidationReason, @Nullable String confirmed, @Nullable String restart,
			long retainedBytes, @Nullable Long safeBytes, boolean atRisk) {

	}

	/**
	 * Which history is told.
	 */
	record History(String epoch, int generation, String incarnation, String acknowledged, String head, String visible) {

	}

	/**
	 * How history is kept.
	 */
	record Journal(long bytes, long unwrittenBytes, String lowWater, String head, String durable,
			@Nullable String oldest, @Nullable String trouble) {

	}

	/**
	 * What the sessions are altogether.
	 */
	record Sessions(int count, int users, int behind, long queuedBytes) {

	}

	/**
	 * The realtime tables.
	 *
	 * @param tables each of them
	 */
	record Tables(List<Table> tables) implements OperationResponseBody {

	}

	/**
	 * A realtime table.
	 *
	 * @param replicaIdentity what the log has of old rows; absent for a stream
	 * @param events what lives of a stream; absent for a table
	 */
	record Table(String name, boolean inService, String type, @Nullable String owner,
			@Nullable List<String> authorities, List<String> key, @Nullable String replicaIdentity, String lineage,
			List<Column> columns, int subscriptions, @Nullable Events events) {

	}

	/**
	 * The events of a stream, in this process.
	 */
	record Events(long living, long bytes, long told, Map<String, Long> ended, long lost) {

	}

	/**
	 * A column of a table.
	 */
	record Column(String name, String type, String codec, boolean nullable) {

	}

	/**
	 * The subscriptions.
	 *
	 * @param subscriptions each of them
	 * @param omitted how many more there are
	 */
	record Subscriptions(List<Subscription> subscriptions, int omitted) implements OperationResponseBody {

	}

	/**
	 * A subscription.
	 */
	record Subscription(String user, String table, String stage, boolean behind, long queuedBytes,
			@Nullable String taken, @Nullable String id, @Nullable String sql) {

	}

}
