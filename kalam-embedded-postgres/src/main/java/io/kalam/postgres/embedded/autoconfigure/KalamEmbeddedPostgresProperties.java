package io.kalam.postgres.embedded.autoconfigure;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the embedded Postgres.
 *
 * @param enabled whether a Postgres is started when the application has configured no
 * database
 * @param port port on 127.0.0.1 that Postgres listens on; 0 is any free one
 * @param database name of the database, which is created if it is missing
 * @param dataDirectory directory in which the data are kept from one start to the next,
 * created if it is missing; if it is not set, a temporary one that is deleted in the end
 * @param durable whether a commit survives a crash of the machine (fsync,
 * synchronous_commit, full_page_writes); by default true with a data-directory, and false
 * without
 * @param serverParameters further parameters of the server, named as in postgresql.conf;
 * wal_level is always logical
 * @param startupTimeout how long initialising the data directory and starting may take,
 * each
 */
@ConfigurationProperties("kalam.embedded-postgres")
public record KalamEmbeddedPostgresProperties(@DefaultValue("true") boolean enabled, @DefaultValue("0") int port,
		@DefaultValue("postgres") String database, @Nullable String dataDirectory, @Nullable Boolean durable,
		@DefaultValue Map<String, String> serverParameters, @DefaultValue("60s") Duration startupTimeout) {

}
