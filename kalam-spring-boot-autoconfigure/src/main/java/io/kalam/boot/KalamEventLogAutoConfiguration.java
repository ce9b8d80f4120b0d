package io.kalam.boot;

import javax.sql.DataSource;

import io.kalam.operations.EventLog;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of how events get into the database's log: with the connections of
 * the application. Where it has both kinds, a thread in a transaction of the data source
 * uses that.
 */
@AutoConfiguration(before = KalamAutoConfiguration.class,
		afterName = { "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
				"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "kalam.enabled", matchIfMissing = true)
public final class KalamEventLogAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ DataSource.class, JdbcTemplate.class })
	static class Jdbc {

		@Bean
		@Order(1)
		@ConditionalOnSingleCandidate(DataSource.class)
		EventLog kalamJdbcEventLog(DataSource dataSource) {
			return new JdbcEventLog(dataSource);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ConnectionFactory.class, DatabaseClient.class })
	static class R2dbc {

		@Bean
		@Order(0)
		@ConditionalOnSingleCandidate(ConnectionFactory.class)
		EventLog kalamR2dbcEventLog(ConnectionFactory connections) {
			return new R2dbcEventLog(connections);
		}

	}

}
