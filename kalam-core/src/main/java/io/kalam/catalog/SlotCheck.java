package io.kalam.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Whether our slot is there and ours, or can be made.
 */
final class SlotCheck implements Check {

	private static final String SLOTS = "SELECT " + SlotState.COLUMNS
			+ " FROM pg_replication_slots s ORDER BY slot_name";

	private static final String LIMIT = """
			SELECT current_setting('max_replication_slots')::int AS slots, current_database() AS database,
				current_setting('server_version_num')::int AS version
			""";

	@Override
	public void run(CheckContext context) throws SQLException {
		String name = context.requirements().slot();
		List<SlotState> slots = read(context);
		SlotState ours = slots.stream().filter((slot) -> slot.name().equals(name)).findFirst().orElse(null);
		try (Statement statement = context.connection().createStatement();
				ResultSet row = statement.executeQuery(LIMIT)) {
			row.next();
			if (ours != null) {
				suitable(context, ours, row.getString("database"));
			}
			else {
				room(context, slots, row.getInt("slots"), row.getInt("version"));
			}
		}
	}

	private static List<SlotState> read(CheckContext context) throws SQLException {
		try (Statement statement = context.connection().createStatement();
				ResultSet row = statement.executeQuery(SLOTS)) {
			List<SlotState> slots = new ArrayList<>();
			while (row.next()) {
				SlotState slot = SlotState.from(row);
				if (slot != null) {
					slots.add(slot);
				}
			}
			return slots;
		}
	}

	private static void suitable(CheckContext context, SlotState slot, String database) {
		String unlike = unlike(slot, database);
		if (unlike != null) {
			context.find("The replication slot " + slot.name() + " is not ours: " + unlike + ". It is left alone.",
					"Give us a name of our own: kalam.postgres.slot=kalam_" + database.replaceAll("[^a-z0-9_]", "_"));
		}
	}

	private static @Nullable String unlike(SlotState slot, String database) {
		if (slot.plugin() == null) {
			return "it is a physical one";
		}
		if (!slot.plugin().equals(ReplicationSlot.PLUGIN)) {
			return "its output plugin is " + slot.plugin() + ", not " + ReplicationSlot.PLUGIN;
		}
		if (!database.equals(slot.database())) {
			return "it belongs to database " + slot.database();
		}
		return slot.temporary() ? "it is a temporary one" : null;
	}

	private static void room(CheckContext context, List<SlotState> slots, int limit, int version) {
		if (slots.size() >= limit) {
			context.find("All " + limit + " replication slots are in use: " + holders(slots)
					+ ". We don't drop a slot that is not ours.", remedy(slots, limit));
		}
		else if (!context.creates()) {
			context.find("There is no replication slot " + context.requirements().slot() + ".",
					ReplicationSlot.creation(context.requirements().slot(), version)
							+ "; (after the publication has been made)");
		}
	}

	private static String holders(List<SlotState> slots) {
		return slots.stream().map(SlotCheck::holder).collect(Collectors.joining(", "));
	}

	private static String holder(SlotState slot) {
		return slot.name() + ((slot.activePid() != null) ? " (pid " + slot.activePid() + ")" : " (inactive)");
	}

	private static String remedy(List<SlotState> slots, int limit) {
		String raise = "ALTER SYSTEM SET max_replication_slots = " + (limit + 5) + "; then restart the server";
		return slots.stream()
			.filter((slot) -> slot.activePid() == null)
			.findFirst()
			.map((slot) -> raise + "; or, if nobody needs it any more, SELECT pg_drop_replication_slot('" + slot.name()
					+ "');")
			.orElse(raise + ".");
	}

}
