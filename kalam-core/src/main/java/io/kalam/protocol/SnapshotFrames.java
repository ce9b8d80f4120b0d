package io.kalam.protocol;

import java.util.Iterator;
import java.util.List;

import io.kalam.catalog.Column;
import io.kalam.query.Projection;
import io.kalam.subscription.SubscriptionEvent;

/**
 * Frames that begin a subscription: what its rows look like, and its snapshot.
 */
final class SnapshotFrames {

	private static final byte[] ROWS = JsonBytes.ascii(",\"rows\":");

	private SnapshotFrames() {
	}

	static byte[] acknowledged(SubscriptionEvent.Acknowledged event) {
		Projection projection = event.query().projection();
		JsonBytes out = new JsonBytes(512).raw("{\"type\":\"subscription_ack\",\"subscription_id\":")
			.string(event.id())
			.raw(",\"total_rows\":0,\"batch_control\":{\"batch_num\":0,\"has_more\":")
			.raw(Boolean.toString(event.snapshot()))
			.raw(",\"status\":\"")
			.raw(event.snapshot() ? "loading" : "ready")
			.raw("\"},\"schema\":[");
		Iterator<Column> columns = projection.columns().iterator();
		for (int index = 0; columns.hasNext(); index++) {
			column(columns.next(), index, projection.key(), out);
			out.raw(columns.hasNext() ? "," : "");
		}
		out.raw("],\"key\":[");
		Iterator<Column> key = projection.key().iterator();
		while (key.hasNext()) {
			out.string(key.next().name()).raw(key.hasNext() ? "," : "");
		}
		return out.raw("],\"epoch\":")
			.string(event.epoch().value())
			.raw(",\"resumed\":")
			.raw(Boolean.toString(event.resumed()))
			.raw("}")
			.toByteArray();
	}

	private static void column(Column column, int index, List<Column> key, JsonBytes out) {
		String notNull = column.nullable() ? "" : "\"nn\"";
		out.raw("{\"name\":")
			.string(column.name())
			.raw(",\"data_type\":")
			.raw(DataTypes.dataType(column.type()))
			.raw(",\"index\":" + index)
			.raw(",\"flags\":[")
			.raw(key.contains(column) ? "\"pk\",\"nn\"" : notNull)
			.raw("],\"pg_type\":")
			.string(DataTypes.pgType(column.type()))
			.raw("}");
	}

	static byte[] batch(SubscriptionEvent.Batch batch) {
		byte[] head = new JsonBytes(128).raw("{\"type\":\"initial_data_batch\",\"subscription_id\":")
			.string(batch.id())
			.toByteArray();
		RowArray rows = RowArray.of(ROWS, batch.rows(), batch.boundary());
		byte[] tail = new JsonBytes(192).raw(",\"batch_control\":{\"batch_num\":" + batch.number())
			.raw(",\"has_more\":" + batch.hasMore())
			.raw(",\"status\":\"" + status(batch))
			.raw("\",\"last_seq_id\":\"" + batch.boundary())
			.raw("\",\"snapshot_end_seq\":\"" + batch.boundary() + "\"}}")
			.toByteArray();
		JsonBytes out = new JsonBytes(head.length + rows.size() + tail.length).raw(head);
		rows.write(out);
		return out.raw(tail).toByteArray();
	}

	private static String status(SubscriptionEvent.Batch batch) {
		if (!batch.hasMore()) {
			return "ready";
		}
		return (batch.number() == 0) ? "loading" : "loading_batch";
	}

}
