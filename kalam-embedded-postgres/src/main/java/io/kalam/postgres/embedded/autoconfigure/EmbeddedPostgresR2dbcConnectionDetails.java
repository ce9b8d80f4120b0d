package io.kalam.postgres.embedded.autoconfigure;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.r2dbc.spi.ConnectionFactoryOptions;

import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;

/**
 * The embedded Postgres for R2DBC.
 */
final class EmbeddedPostgresR2dbcConnectionDetails implements R2dbcConnectionDetails {

	private final EmbeddedPostgresServer server;

	EmbeddedPostgresR2dbcConnectionDetails(EmbeddedPostgresServer server) {
		this.server = server;
	}

	@Override
	public ConnectionFactoryOptions getConnectionFactoryOptions() {
		return ConnectionFactoryOptions.builder()
			.option(ConnectionFactoryOptions.DRIVER, "postgresql")
			.option(ConnectionFactoryOptions.HOST, this.server.host())
			.option(ConnectionFactoryOptions.PORT, this.server.port())
			.option(ConnectionFactoryOptions.DATABASE, this.server.database())
			.option(ConnectionFactoryOptions.USER, this.server.user())
			.option(ConnectionFactoryOptions.PASSWORD, this.server.password())
			.build();
	}

}
