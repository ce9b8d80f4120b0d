package io.kalam.catalog;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/**
 * What the checks of one run share. The role is ours, as it may stand in SQL.
 */
final class CheckContext {

	private final PostgresSettings settings;

	private final StartupRequirements requirements;

	private final Connection connection;

	private final String role;

	private final List<Finding> findings = new ArrayList<>();

	CheckContext(PostgresSettings settings, StartupRequirements requirements, Connection connection, String role) {
		this.settings = settings;
		this.requirements = requirements;
		this.connection = connection;
		this.role = role;
	}

	/**
	 * A context of the same run with findings of its own.
	 */
	CheckContext(CheckContext other) {
		this(other.settings, other.requirements, other.connection, other.role);
	}

	PostgresSettings settings() {
		return this.settings;
	}

	StartupRequirements requirements() {
		return this.requirements;
	}

	Connection connection() {
		return this.connection;
	}

	String role() {
		return this.role;
	}

	boolean creates() {
		return this.requirements.manage() == Manage.CREATE;
	}

	void find(String problem, String remedy) {
		this.findings.add(new Finding(problem, remedy));
	}

	List<Finding> findings() {
		return this.findings;
	}

	void throwFindings() {
		if (!this.findings.isEmpty()) {
			throw new StartupCheckException(this.findings);
		}
	}

}
