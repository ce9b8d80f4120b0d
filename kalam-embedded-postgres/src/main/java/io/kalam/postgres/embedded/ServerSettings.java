package io.kalam.postgres.embedded;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What one server is started with, checked.
 *
 * @param port the port, or 0 for any free one
 * @param database the database to create if it is missing
 * @param dataDirectory the directory that is kept, or {@code null} for a temporary one
 * @param durable whether a commit survives a crash of the machine
 * @param parameters further parameters of the server
 * @param startupTimeout how long initialising and starting may take, each
 * @param stopOnExit whether the server is closed by a hook when the JVM exits
 */
record ServerSettings(int port, String database, @Nullable Path dataDirectory, boolean durable,
		Map<String, String> parameters, Duration startupTimeout, boolean stopOnExit) {

	private static final Pattern PARAMETER_NAME = Pattern
		.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)*");

	private static final int MAX_IDENTIFIER_BYTES = 63;

	private static final Map<String, String> RESERVED = Map.of("port", "Set kalam.embedded-postgres.port instead.",
			"data_directory", "Set kalam.embedded-postgres.data-directory instead.", "listen_addresses",
			"Remove it: the embedded Postgres listens on 127.0.0.1 only.", "unix_socket_directories",
			"Remove it: the embedded Postgres listens on 127.0.0.1 only.", "config_file",
			"Remove it: put single parameters into kalam.embedded-postgres.server-parameters.", "hba_file",
			"Remove it: edit pg_hba.conf in a kept data directory.");

	ServerSettings {
		parameters = new TreeMap<>(parameters);
		if (port < 0 || port > 65535) {
			throw new InvalidSettingException("the port", String.valueOf(port), "it is not between 0 and 65535",
					"Set kalam.embedded-postgres.port (builder: port) to a free port, or to 0 for any free one.");
		}
		int length = database.getBytes(StandardCharsets.UTF_8).length;
		if (database.isBlank() || length > MAX_IDENTIFIER_BYTES || database.indexOf('\0') >= 0) {
			throw new InvalidSettingException("the database name", database, "it must have 1 to 63 bytes",
					"Set kalam.embedded-postgres.database (builder: database) to another name.");
		}
		if (startupTimeout.isNegative() || startupTimeout.isZero()) {
			throw new InvalidSettingException("the start-up timeout", startupTimeout.toString(), "it is not positive",
					"Set kalam.embedded-postgres.startup-timeout (builder: startupTimeout) to, say, 60s.");
		}
		parameters.forEach(ServerSettings::check);
		parameters.keySet().removeIf("wal_level"::equalsIgnoreCase);
	}

	private static void check(String name, String value) {
		String setting = "the server parameter " + name;
		if (!PARAMETER_NAME.matcher(name).matches()) {
			throw new InvalidSettingException(setting, value, "parameters of Postgres are not named like that",
					"Write the name as Postgres does, for instance max_wal_senders, in "
							+ "kalam.embedded-postgres.server-parameters (builder: serverParameter).");
		}
		if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0) {
			throw new InvalidSettingException(setting, value, "it must be one line",
					"Write the value on one line in kalam.embedded-postgres.server-parameters.");
		}
		String lowerCaseName = name.toLowerCase(Locale.ROOT);
		if ("wal_level".equals(lowerCaseName) && !"logical".equalsIgnoreCase(value)) {
			throw new InvalidSettingException(setting, value, "changes can only be captured with 'logical'",
					"Remove wal_level from kalam.embedded-postgres.server-parameters (builder: serverParameter); it is "
							+ "set to logical already.");
		}
		String action = RESERVED.get(lowerCaseName);
		if (action != null) {
			throw new InvalidSettingException(setting, value, "it is not set that way", action);
		}
	}

	/**
	 * The parameters as a configuration file.
	 * @return the content of the file
	 */
	String toConfiguration() {
		Map<String, String> all = new TreeMap<>();
		for (String name : new String[] { "fsync", "full_page_writes", "synchronous_commit" }) {
			all.put(name, this.durable ? "on" : "off");
		}
		this.parameters.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
		StringBuilder text = new StringBuilder(
				"# Written at every start. Put your own parameters into kalam.embedded-postgres.server-parameters.\n");
		all.forEach((name, value) -> text.append(name)
			.append(" = '")
			.append(value.replace("\\", "\\\\").replace("'", "''"))
			.append("'\n"));
		return text.toString();
	}

}
