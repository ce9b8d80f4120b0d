package io.kalam.postgres.embedded.autoconfigure;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;

import org.springframework.boot.liquibase.autoconfigure.LiquibaseConnectionDetails;

/**
 * The embedded Postgres for Liquibase, which has no pool to take in an application that
 * has one for R2DBC.
 */
final class EmbeddedPostgresLiquibaseConnectionDetails implements LiquibaseConnectionDetails {

	private final EmbeddedPostgresServer server;

	EmbeddedPostgresLiquibaseConnectionDetails(EmbeddedPostgresServer server) {
		this.server = server;
	}

	@Override
	public String getUsername() {
		return this.server.user();
	}

	@Override
	public String getPassword() {
		return this.server.password();
	}

	@Override
	public String getJdbcUrl() {
		return this.server.jdbcUrl();
	}

}
