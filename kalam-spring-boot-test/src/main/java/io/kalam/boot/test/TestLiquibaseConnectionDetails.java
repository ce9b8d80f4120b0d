package io.kalam.boot.test;

import org.springframework.boot.liquibase.autoconfigure.LiquibaseConnectionDetails;

/**
 * The test's database for Liquibase.
 *
 * @param database the database
 */
record TestLiquibaseConnectionDetails(TestDatabase database) implements LiquibaseConnectionDetails {

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
