package io.kalam.postgres.embedded.autoconfigure;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;

import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;

/**
 * The embedded Postgres for Flyway, which has no pool to take in an application that has
 * one for R2DBC.
 */
final class EmbeddedPostgresFlywayConnectionDetails implements FlywayConnectionDetails {

	private final EmbeddedPostgresServer server;

	EmbeddedPostgresFlywayConnectionDetails(EmbeddedPostgresServer server) {
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
