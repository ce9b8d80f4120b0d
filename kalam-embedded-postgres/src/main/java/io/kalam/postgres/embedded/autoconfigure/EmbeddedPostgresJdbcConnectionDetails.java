package io.kalam.postgres.embedded.autoconfigure;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The embedded Postgres for JDBC.
 */
final class EmbeddedPostgresJdbcConnectionDetails implements JdbcConnectionDetails {

	private final EmbeddedPostgresServer server;

	EmbeddedPostgresJdbcConnectionDetails(EmbeddedPostgresServer server) {
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
