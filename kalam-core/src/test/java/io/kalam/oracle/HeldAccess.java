package io.kalam.oracle;

import io.kalam.subscription.ErrorCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a subscription may still be told while what its user may read becomes something
 * else: behind a decision nothing of before, and behind one that denies the table nothing
 * but its end.
 */
final class HeldAccess {

	private final OracleTable table;

	private int version;

	private boolean acknowledged;

	private boolean mustBePurged;

	private boolean mustEnd;

	private boolean mayEnd;

	private boolean wasDenied;

	HeldAccess(OracleTable table) {
		this(table, -1, false);
	}

	private HeldAccess(OracleTable table, int version, boolean wasDenied) {
		this.table = table;
		this.version = version;
		this.wasDenied = wasDenied;
	}

	/**
	 * That of a subscription which takes up this one.
	 */
	HeldAccess copy() {
		return new HeldAccess(this.table, this.version, this.wasDenied);
	}

	/**
	 * What may be read is decided now or later, unless another one is resumed.
	 */
	void requested(OracleServer server, String user) {
		this.version = (this.version < 0) ? server.accessVersion(user, this.table) : this.version;
		this.mustEnd = server.denies(user, this.table);
		this.mayEnd = this.mustEnd;
	}

	/**
	 * It was decided anew, and that has taken effect. What had not begun when the table
	 * was granted may have been refused before.
	 */
	void changed(boolean denied) {
		if (denied) {
			this.mustEnd = true;
			this.mayEnd = false;
		}
		else if (this.mayEnd) {
			this.mustEnd = false;
		}
		this.mustBePurged = this.mustBePurged || this.acknowledged;
	}

	boolean isOutdated(int now) {
		return this.table.isGoverned() && now > this.version;
	}

	boolean mustBePurged() {
		return this.mustBePurged;
	}

	void purged() {
		this.mustBePurged = false;
	}

	boolean mustEnd() {
		return this.mustEnd;
	}

	/**
	 * It is let in.
	 * @return whether it was denied before
	 */
	boolean acknowledged() {
		boolean again = this.wasDenied;
		this.acknowledged = true;
		this.mayEnd = false;
		this.wasDenied = false;
		return again;
	}

	/**
	 * It has ended, or was not let in.
	 * @return whether it had been let in before
	 */
	boolean ended(ErrorCode code) {
		assertThat(this.mustEnd || this.mayEnd).as("may end with %s", code).isTrue();
		assertThat(code).isIn(ErrorCode.UNAUTHORIZED, ErrorCode.NOT_FOUND);
		assertThat(this.acknowledged && code != ErrorCode.UNAUTHORIZED).as("let in, and ends with %s", code).isFalse();
		this.wasDenied = true;
		return code == ErrorCode.UNAUTHORIZED;
	}

}
