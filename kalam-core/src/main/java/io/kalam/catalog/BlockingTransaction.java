package io.kalam.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * A transaction whose end we wait for. What our role may not see is {@code null}.
 *
 * @param pid the process that runs it, {@code null} for a prepared transaction
 * @param gid the identifier of a prepared transaction, {@code null} for any other
 * @param user who runs it
 * @param application what its connection calls itself
 * @param database in which database
 * @param since when it began or was prepared
 */
public record BlockingTransaction(@Nullable Integer pid, @Nullable String gid, @Nullable String user,
		@Nullable String application, @Nullable String database, @Nullable Instant since) {

	static BlockingTransaction from(ResultSet row) throws SQLException {
		OffsetDateTime since = row.getObject("since", OffsetDateTime.class);
		return new BlockingTransaction(row.getObject("pid", Integer.class), row.getString("gid"), row.getString("user"),
				row.getString("application_name"), row.getString("database"),
				(since != null) ? since.toInstant() : null);
	}

	/**
	 * The SQL that ends it by force.
	 * @return a statement
	 */
	public String remedy() {
		return (this.gid != null) ? "ROLLBACK PREPARED " + Identifiers.literal(this.gid) + ";"
				: "SELECT pg_terminate_backend(" + this.pid + ");";
	}

	@Override
	public String toString() {
		String what = (this.gid != null) ? "prepared transaction " + this.gid : "pid " + this.pid;
		return what + " (user " + this.user + ", application " + this.application + ", database " + this.database
				+ ", since " + this.since + ")";
	}

}
