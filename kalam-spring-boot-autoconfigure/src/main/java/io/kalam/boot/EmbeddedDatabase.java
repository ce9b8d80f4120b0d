package io.kalam.boot;

import java.util.stream.Stream;

import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The embedded Postgres, if the application has one.
 */
final class EmbeddedDatabase implements DevelopmentDatabase {

	private final ObjectProvider<EmbeddedPostgresServer> servers;

	EmbeddedDatabase(ObjectProvider<EmbeddedPostgresServer> servers) {
		this.servers = servers;
	}

	@Override
	public boolean isAt(PostgresSettings postgres) {
		return serversAt(postgres).findAny().isPresent();
	}

	@Override
	public boolean isTemporaryAt(PostgresSettings postgres) {
		return serversAt(postgres).anyMatch(EmbeddedPostgresServer::isTemporary);
	}

	private Stream<EmbeddedPostgresServer> serversAt(PostgresSettings postgres) {
		return this.servers.stream()
			.filter((server) -> server.port() == postgres.port() && server.host().equals(postgres.host()));
	}

}
