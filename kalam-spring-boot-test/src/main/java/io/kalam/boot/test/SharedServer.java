package io.kalam.boot.test;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;

import org.springframework.boot.SpringApplication;

/**
 * The Postgres that all tests of a JVM share. It is started by the first that wants it,
 * and ends after the last application context.
 */
final class SharedServer {

	private SharedServer() {
	}

	static EmbeddedPostgresServer get() {
		return Holder.SERVER;
	}

	private static EmbeddedPostgresServer start() {
		EmbeddedPostgresServer server = EmbeddedPostgresServer.builder()
			.serverParameter("max_connections", "500")
			.serverParameter("max_wal_senders", "100")
			.serverParameter("max_replication_slots", "100")
			.stopOnExit(false)
			.start();
		SpringApplication.getShutdownHandlers().add(server::close);
		return server;
	}

	private static final class Holder {

		static final EmbeddedPostgresServer SERVER = start();

	}

}
