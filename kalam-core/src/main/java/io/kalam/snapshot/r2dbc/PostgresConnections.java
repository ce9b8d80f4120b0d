package io.kalam.snapshot.r2dbc;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.PrintingSettings;
import io.netty.handler.ssl.SslContextBuilder;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.ConnectionFactory;
import reactor.core.publisher.Mono;

/**
 * Makes of the settings that the JDBC driver takes a factory of the R2DBC driver. TLS is
 * asked for as that driver does: if the server has it, unless a property says otherwise.
 */
final class PostgresConnections {

	private PostgresConnections() {
	}

	static ConnectionFactory factory(PostgresSettings postgres, SnapshotSettings settings) {
		PostgresqlConnectionConfiguration.Builder builder = PostgresqlConnectionConfiguration.builder()
			.host(postgres.host())
			.port(postgres.port())
			.database(postgres.database())
			.username(postgres.user())
			.password(postgres.password())
			.applicationName(settings.applicationName())
			.connectTimeout(settings.acquireTimeout())
			.tcpKeepAlive(true)
			.options(options(settings))
			.preparedStatementCacheQueries(0)
			.codecRegistrar(
					(connection, allocator, registry) -> Mono.fromRunnable(() -> registry.addFirst(Printed.CODEC)));
		Map<String, String> properties = postgres.properties();
		SSLMode mode = sslMode(properties);
		builder.sslMode(mode);
		builder.sslContextBuilderCustomizer((context) -> named(context, mode));
		set(properties, "sslrootcert", builder::sslRootCert);
		set(properties, "sslcert", builder::sslCert);
		set(properties, "sslkey", builder::sslKey);
		set(properties, "sslpassword", builder::sslPassword);
		return new PostgresqlConnectionFactory(builder.build());
	}

	/**
	 * What makes its texts those of the stream; and limits. They are set as the
	 * connection begins, and nothing that runs on it changes them.
	 */
	private static Map<String, String> options(SnapshotSettings settings) {
		String queryTimeout = Long.toString(settings.queryTimeout().toMillis());
		Map<String, String> options = new HashMap<>(PrintingSettings.VALUES);
		options.put("row_security", "off");
		options.put("jit", "off");
		options.put("statement_timeout", queryTimeout);
		options.put("idle_in_transaction_session_timeout", queryTimeout);
		options.put("lock_timeout", Long.toString(settings.lockTimeout().toMillis()));
		return options;
	}

	private static SSLMode sslMode(Map<String, String> properties) {
		String ssl = properties.get("ssl");
		boolean required = ssl != null && (ssl.isEmpty() || Boolean.parseBoolean(ssl));
		return SSLMode.fromValue(properties.getOrDefault("sslmode", required ? "verify-full" : "prefer"));
	}

	/**
	 * Netty looks at the server's name whenever nobody has said that it should not.
	 */
	private static SslContextBuilder named(SslContextBuilder context, SSLMode mode) {
		return mode.verifyPeerName() ? context : context.endpointIdentificationAlgorithm(null);
	}

	private static void set(Map<String, String> properties, String name, Consumer<String> setter) {
		String value = properties.get(name);
		if (value != null) {
			setter.accept(value);
		}
	}

}
