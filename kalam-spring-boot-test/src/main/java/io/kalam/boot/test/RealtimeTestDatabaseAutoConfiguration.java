package io.kalam.boot.test;

import java.util.Map;

import io.kalam.boot.KalamConnectionAutoConfiguration;
import io.kalam.catalog.PostgresSettings;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the database of a {@link RealtimeTest}, which takes the place of
 * the one that the application's properties name.
 */
@AutoConfiguration(before = KalamConnectionAutoConfiguration.class,
		beforeName = { "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
				"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
				"org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
				"org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration" })
@ConditionalOnProperty(RealtimeTestContextCustomizer.DATABASE)
@ConditionalOnMissingBean(type = { "io.r2dbc.spi.ConnectionFactory", "javax.sql.DataSource",
		"org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails",
		"org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails" })
final class RealtimeTestDatabaseAutoConfiguration {

	@Bean(destroyMethod = "close")
	TestDatabase realtimeTestDatabase(Environment environment) {
		return TestDatabase.create(environment.getRequiredProperty(RealtimeTestContextCustomizer.DATABASE));
	}

	@Bean
	PostgresSettings realtimeTestPostgresSettings(TestDatabase database) {
		return new PostgresSettings(database.host(), database.port(), database.name(), database.user(),
				database.password(), Map.of());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ R2dbcConnectionDetails.class, ConnectionFactory.class })
	static class R2dbc {

		@Bean
		R2dbcConnectionDetails realtimeTestR2dbcConnectionDetails(TestDatabase database) {
			return new TestR2dbcConnectionDetails(database);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JdbcConnectionDetails.class)
	static class Jdbc {

		@Bean
		JdbcConnectionDetails realtimeTestJdbcConnectionDetails(TestDatabase database) {
			return new TestJdbcConnectionDetails(database);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(FlywayConnectionDetails.class)
	static class Flyway {

		@Bean
		FlywayConnectionDetails realtimeTestFlywayConnectionDetails(TestDatabase database) {
			return new TestFlywayConnectionDetails(database);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(LiquibaseConnectionDetails.class)
	static class Liquibase {

		@Bean
		LiquibaseConnectionDetails realtimeTestLiquibaseConnectionDetails(TestDatabase database) {
			return new TestLiquibaseConnectionDetails(database);
		}

	}

}
