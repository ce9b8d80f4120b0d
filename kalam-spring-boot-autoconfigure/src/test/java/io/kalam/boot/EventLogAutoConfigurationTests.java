package io.kalam.boot;

import java.util.List;

import javax.sql.DataSource;

import io.kalam.operations.EventLog;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EventLogAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KalamEventLogAutoConfiguration.class));

	@Test
	void usesTheConnectionsThatThereAre() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(EventLog.class));
		this.runner.withUserConfiguration(Jdbc.class)
			.run((context) -> assertThat(context).getBean(EventLog.class).isInstanceOf(JdbcEventLog.class));
		this.runner.withUserConfiguration(R2dbc.class)
			.run((context) -> assertThat(context).getBean(EventLog.class).isInstanceOf(R2dbcEventLog.class));
		this.runner.withUserConfiguration(Jdbc.class, R2dbc.class)
			.run((context) -> assertThat(context.getBeanProvider(EventLog.class).orderedStream())
				.hasExactlyElementsOfTypes(R2dbcEventLog.class, JdbcEventLog.class));
	}

	@Test
	void backsOff() {
		this.runner.withUserConfiguration(Jdbc.class, R2dbc.class)
			.withPropertyValues("kalam.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(EventLog.class));
		this.runner.withUserConfiguration(Jdbc.class, R2dbc.class)
			.withClassLoader(new FilteredClassLoader(JdbcTemplate.class, DatabaseClient.class))
			.run((context) -> assertThat(context).doesNotHaveBean(EventLog.class));
	}

	@Test
	void withoutConnectionsSaysWhatIsMissing() {
		assertThatIllegalStateException().isThrownBy(() -> EventLogs.of(List.of()).write("prefix", new byte[0]).block())
			.withMessageContaining("ConnectionFactory or DataSource");
	}

	@Test
	void aThreadInATransactionUsesThat() {
		DataSource dataSource = new DriverManagerDataSource();
		EventLog jdbc = new EventLog() {

			@Override
			public Mono<Void> write(String prefix, byte[] content) {
				return Mono.error(new IllegalStateException("jdbc"));
			}

			@Override
			public boolean isInTransaction() {
				return new JdbcEventLog(dataSource).isInTransaction();
			}

		};
		Mono<Void> written = EventLogs
			.of(List.of((prefix, content) -> Mono.error(new IllegalStateException("r2dbc")), jdbc))
			.write("prefix", new byte[0]);
		assertThatIllegalStateException().isThrownBy(written::block).withMessage("r2dbc");
		TransactionSynchronizationManager.bindResource(dataSource, new Object());
		try {
			assertThatIllegalStateException().isThrownBy(written::block).withMessage("jdbc");
		}
		finally {
			TransactionSynchronizationManager.unbindResource(dataSource);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Jdbc {

		@Bean
		DataSource dataSource() {
			return new DriverManagerDataSource("jdbc:postgresql://nowhere/nothing");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class R2dbc {

		@Bean
		ConnectionFactory connectionFactory() {
			return ConnectionFactories.get("r2dbc:postgresql://somebody@nowhere/nothing");
		}

	}

}
