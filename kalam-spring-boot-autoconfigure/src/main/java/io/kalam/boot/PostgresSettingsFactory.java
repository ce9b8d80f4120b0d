package io.kalam.boot;

import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

import io.kalam.boot.KalamProperties.Postgres;
import io.kalam.catalog.PostgresSettings;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;

/**
 * Finds out where the database is: what {@code kalam.postgres.*} says, and for the rest
 * where the application's own connections go.
 */
final class PostgresSettingsFactory {

	private static final int DEFAULT_PORT = 5432;

	private final Postgres properties;

	PostgresSettingsFactory(Postgres properties) {
		this.properties = properties;
	}

	/**
	 * Finds out where the database is.
	 * @param application where the application's own connections go, if they are known
	 * @param ssl connection properties of an SSL bundle, empty if there is none
	 */
	PostgresSettings create(@Nullable Address application, Map<String, String> ssl) {
		Postgres own = this.properties;
		if (own.host() == null && application == null) {
			throw new MissingBeanException("Kalam does not know which Postgres to capture changes from.",
					"Set spring.r2dbc.url (or spring.datasource.url) to the application's Postgres, or kalam.postgres.host, "
							+ "database, username and password. For development without one, add the dependency "
							+ "io.kalam:kalam-embedded-postgres.");
		}
		Address address = (application != null) ? application : Address.NONE;
		Map<String, String> connection = new HashMap<>((own.host() == null) ? address.properties() : Map.of());
		connection.putAll(ssl);
		connection.putAll(own.properties());
		return new PostgresSettings(first(own.host(), address.host()), port(address),
				first(own.database(), address.database()), first(own.username(), address.user()), password(address),
				connection);
	}

	private int port(Address address) {
		if (this.properties.port() != null) {
			return this.properties.port();
		}
		return (this.properties.host() == null) ? address.port() : DEFAULT_PORT;
	}

	private String password(Address address) {
		if (this.properties.password() != null) {
			return this.properties.password();
		}
		return (this.properties.username() == null) ? address.password() : "";
	}

	private static String first(@Nullable String own, String other) {
		return (own != null) ? own : other;
	}

	/**
	 * Where the application's own connections go.
	 *
	 * @param host the host
	 * @param port the port
	 * @param database the database
	 * @param user the login
	 * @param password its password
	 * @param properties connection properties of the JDBC driver
	 */
	record Address(String host, int port, String database, String user, String password,
			Map<String, String> properties) {

		private static final String DEFAULT = "postgres";

		/** The application has no connections of its own. */
		static final Address NONE = new Address("localhost", DEFAULT_PORT, DEFAULT, DEFAULT, "", Map.of());

		/**
		 * Reads R2DBC's details.
		 * @return the address, or {@code null} if it is none of a Postgres server
		 */
		static @Nullable Address of(R2dbcConnectionDetails details) {
			ConnectionFactoryOptions options = details.getConnectionFactoryOptions();
			Object host = options.getValue(ConnectionFactoryOptions.HOST);
			String driver = options.getValue(ConnectionFactoryOptions.DRIVER) + ":"
					+ options.getValue(ConnectionFactoryOptions.PROTOCOL);
			if (host == null || !driver.contains("postgres")) {
				return null;
			}
			Map<String, String> properties = new HashMap<>();
			String mode = text(options.getValue(Option.valueOf("sslMode")));
			if (mode != null) {
				properties.put("sslmode", mode.toLowerCase(Locale.ROOT).replace('_', '-'));
			}
			for (String file : List.of("sslRootCert", "sslCert", "sslKey")) {
				String path = text(options.getValue(Option.valueOf(file)));
				if (path != null) {
					properties.put(file.toLowerCase(Locale.ROOT), path);
				}
			}
			if (Boolean.parseBoolean(text(options.getValue(ConnectionFactoryOptions.SSL)))) {
				properties.putIfAbsent("sslmode", "require");
			}
			Object port = options.getValue(ConnectionFactoryOptions.PORT);
			return new Address(host.toString(), (port != null) ? Integer.parseInt(port.toString()) : DEFAULT_PORT,
					Objects.requireNonNullElse(text(options.getValue(ConnectionFactoryOptions.DATABASE)), DEFAULT),
					Objects.requireNonNullElse(text(options.getValue(ConnectionFactoryOptions.USER)), DEFAULT),
					Objects.requireNonNullElse(text(options.getValue(ConnectionFactoryOptions.PASSWORD)), ""),
					properties);
		}

		private static @Nullable String text(@Nullable Object value) {
			return (value != null) ? value.toString() : null;
		}

		/**
		 * Reads JDBC's details. Of several servers, the first is taken.
		 * @return the address, or {@code null} if it is none of a Postgres server
		 */
		static @Nullable Address of(JdbcConnectionDetails details) {
			Map<String, String> parsed = parse(details.getJdbcUrl());
			String host = parsed.get("PGHOST");
			if (host == null) {
				return null;
			}
			Map<String, String> properties = new HashMap<>(parsed);
			properties.keySet().removeIf((name) -> !name.startsWith("ssl"));
			return new Address(first(host), Integer.parseInt(first(parsed.getOrDefault("PGPORT", "5432"))),
					parsed.getOrDefault("PGDBNAME", DEFAULT),
					Objects.requireNonNullElse(details.getUsername(), parsed.getOrDefault("user", DEFAULT)),
					Objects.requireNonNullElse(details.getPassword(), parsed.getOrDefault("password", "")), properties);
		}

		private static String first(String list) {
			int comma = list.indexOf(',');
			return (comma < 0) ? list : list.substring(0, comma);
		}

		private static Map<String, String> parse(String url) {
			Map<String, String> values = new HashMap<>();
			try {
				for (DriverPropertyInfo property : DriverManager.getDriver(url)
					.getPropertyInfo(url, new Properties())) {
					if (property.value != null) {
						values.put(property.name, property.value);
					}
				}
			}
			catch (SQLException ex) {
				return Map.of();
			}
			return values;
		}

	}

}
