package io.kalam.boot.test;

import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;

/**
 * The test's database for Flyway.
 *
 * @param database the database
 */
record TestFlywayConnectionDetails(TestDatabase database) implements FlywayConnectionDetails {

	@Override
	public String getUsername() {
		return this.database.user();
	}

	@Override
	public String getPassword() {
		return this.database.password();
	}

	@Override
	public String getJdbcUrl() {
		return this.database.jdbcUrl();
	}

}
