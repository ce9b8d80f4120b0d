package io.kalam.boot.test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The test's database for JDBC.
 *
 * @param database the database
 */
record TestJdbcConnectionDetails(TestDatabase database) implements JdbcConnectionDetails {

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
