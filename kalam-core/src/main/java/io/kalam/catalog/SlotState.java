package io.kalam.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * A replication slot as {@code pg_replication_slots} shows it. What a version of Postgres
 * doesn't have is {@code null} or {@code false}.
 *
 * @param name the slot's name
 * @param plugin the output plugin, {@code null} for a physical slot
 * @param database its database, {@code null} for a physical slot
 * @param activePid the process that uses it, {@code null} if none does
 * @param confirmed up to where its reader has acknowledged; {@code null} for a physical
 * slot, and while the slot is being made
 * @param restart from where the log is kept; {@code null} for a slot that was lost
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
 * @param safeWalSize how many bytes may be written before the slot is in danger,
 * {@code null} without a limit
 * @param invalidationReason why Postgres has invalidated it, {@code null} if it hasn't
 * @param temporary whether it vanishes with its session
 * @param twoPhase whether it decodes prepared transactions
 * @param failover whether it is synchronised to standbys
 * @param awaitsStandby whether the server holds back changes at this moment until the
 * standbys have them that {@code synchronized_standby_slots} names
 */
public record SlotState(String name, @Nullable String plugin, @Nullable String database, @Nullable Integer activePid,
		@Nullable Lsn confirmed, @Nullable Lsn restart, @Nullable String walStatus, @Nullable Long safeWalSize,
		@Nullable String invalidationReason, boolean temporary, boolean twoPhase, boolean failover,
		boolean awaitsStandby) {

	/**
	 * What to select of {@code pg_replication_slots s} to make a state
	 * {@linkplain #from(ResultSet) out of it}.
	 */
	public static final String COLUMNS = """
			s.slot_name, s.plugin AS slot_plugin, s.database AS slot_database, s.active_pid AS slot_active_pid,
			s.confirmed_flush_lsn::text AS slot_confirmed, s.restart_lsn::text AS slot_restart,
			s.wal_status AS slot_wal_status, s.safe_wal_size AS slot_safe_wal_size, s.temporary AS slot_temporary,
			s.two_phase AS slot_two_phase, (to_jsonb(s) ->> 'failover')::bool AS slot_failover,
			EXISTS (SELECT FROM pg_stat_activity a WHERE a.pid = s.active_pid
				AND a.wait_event = 'WaitForStandbyConfirmation') AS slot_awaits_standby,
			CASE WHEN to_jsonb(s) ->> 'conflicting' = 'true' THEN coalesce(to_jsonb(s) ->> 'invalidation_reason',
				'conflicting') ELSE to_jsonb(s) ->> 'invalidation_reason' END AS slot_invalidation_reason
			""";

	/**
	 * Reads the {@link #COLUMNS}.
	 * @param row a result set that stands on a row
	 * @return the state, or {@code null} if the row holds none
	 * @throws SQLException if the columns are not there
	 */
	public static @Nullable SlotState from(ResultSet row) throws SQLException {
		String name = row.getString("slot_name");
		if (name == null) {
			return null;
		}
		return new SlotState(name, row.getString("slot_plugin"), row.getString("slot_database"),
				row.getObject("slot_active_pid", Integer.class), lsn(row.getString("slot_confirmed")),
				lsn(row.getString("slot_restart")), row.getString("slot_wal_status"),
				row.getObject("slot_safe_wal_size", Long.class), row.getString("slot_invalidation_reason"),
				row.getBoolean("slot_temporary"), row.getBoolean("slot_two_phase"), row.getBoolean("slot_failover"),
				row.getBoolean("slot_awaits_standby"));
	}

	private static @Nullable Lsn lsn(@Nullable String text) {
		return (text != null) ? Lsn.parse(text) : null;
	}

	/**
	 * Whether Postgres has given the slot up, so that it can never be read again.
	 * @return whether the slot is lost
	 */
	public boolean isLost() {
		return this.invalidationReason != null || "lost".equals(this.walStatus);
	}

	/**
	 * Whether a session is still waiting for the moment at which the slot can begin.
	 * @return whether the slot is being made
	 */
	public boolean isBeingMade() {
		return this.plugin != null && this.confirmed == null && !isLost();
	}

}
