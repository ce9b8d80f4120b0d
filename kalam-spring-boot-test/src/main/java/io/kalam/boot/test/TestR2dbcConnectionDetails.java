package io.kalam.boot.test;

import io.r2dbc.spi.ConnectionFactoryOptions;

import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;

/**
 * The test's database for R2DBC.
 *
 * @param database the database
 */
record TestR2dbcConnectionDetails(TestDatabase database) implements R2dbcConnectionDetails {

	@Override
	public ConnectionFactoryOptions getConnectionFactoryOptions() {
		return ConnectionFactoryOptions.builder()
			.option(ConnectionFactoryOptions.DRIVER, "postgresql")
			.option(ConnectionFactoryOptions.HOST, this.database.host())
			.option(ConnectionFactoryOptions.PORT, this.database.port())
			.option(ConnectionFactoryOptions.DATABASE, this.database.name())
			.option(ConnectionFactoryOptions.USER, this.database.user())
			.option(ConnectionFactoryOptions.PASSWORD, this.database.password())
			.build();
	}

}
