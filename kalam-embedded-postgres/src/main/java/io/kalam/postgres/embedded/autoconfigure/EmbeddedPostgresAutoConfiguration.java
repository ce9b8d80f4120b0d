package io.kalam.postgres.embedded.autoconfigure;

import java.nio.file.Path;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.postgres.embedded.EmbeddedPostgresServerBuilder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of an embedded Postgres for an application that has configured no
 * database: no property names one, and there is no connection pool and no connection
 * details (of a container or of Docker Compose, for instance). The server starts before
 * the pools and ends after them.
 */
@AutoConfiguration(beforeName = { "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
		"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
		"org.springframework.boot.jdbc.autoconfigure.XADataSourceAutoConfiguration",
		"org.springframework.boot.jdbc.autoconfigure.JndiDataSourceAutoConfiguration",
		"org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
		"org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "kalam.embedded-postgres.enabled", matchIfMissing = true)
@Conditional(OnNoConfiguredDatabaseCondition.class)
@ConditionalOnMissingBean(type = { "io.r2dbc.spi.ConnectionFactory", "javax.sql.DataSource", "javax.sql.XADataSource",
		"org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails",
		"org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails",
		"org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails",
		"org.springframework.boot.liquibase.autoconfigure.LiquibaseConnectionDetails" })
@EnableConfigurationProperties(KalamEmbeddedPostgresProperties.class)
public final class EmbeddedPostgresAutoConfiguration {

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	EmbeddedPostgresServer embeddedPostgresServer(KalamEmbeddedPostgresProperties properties) {
		EmbeddedPostgresServerBuilder builder = EmbeddedPostgresServer.builder()
			.port(properties.port())
			.database(properties.database())
			.startupTimeout(properties.startupTimeout())
			.stopOnExit(false);
		String dataDirectory = properties.dataDirectory();
		if (StringUtils.hasText(dataDirectory)) {
			builder.dataDirectory(Path.of(dataDirectory));
		}
		Boolean durable = properties.durable();
		if (durable != null) {
			builder.durable(durable);
		}
		properties.serverParameters().forEach(builder::serverParameter);
		return builder.start();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(R2dbcConnectionDetails.class)
	static class R2dbcConfiguration {

		@Bean
		EmbeddedPostgresR2dbcConnectionDetails embeddedPostgresR2dbcConnectionDetails(EmbeddedPostgresServer server) {
			return new EmbeddedPostgresR2dbcConnectionDetails(server);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JdbcConnectionDetails.class)
	static class JdbcConfiguration {

		@Bean
		EmbeddedPostgresJdbcConnectionDetails embeddedPostgresJdbcConnectionDetails(EmbeddedPostgresServer server) {
			return new EmbeddedPostgresJdbcConnectionDetails(server);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(FlywayConnectionDetails.class)
	static class FlywayConfiguration {

		@Bean
		EmbeddedPostgresFlywayConnectionDetails embeddedPostgresFlywayConnectionDetails(EmbeddedPostgresServer server) {
			return new EmbeddedPostgresFlywayConnectionDetails(server);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(LiquibaseConnectionDetails.class)
	static class LiquibaseConfiguration {

		@Bean
		EmbeddedPostgresLiquibaseConnectionDetails embeddedPostgresLiquibaseConnectionDetails(
				EmbeddedPostgresServer server) {
			return new EmbeddedPostgresLiquibaseConnectionDetails(server);
		}

	}

}
