package io.kalam.postgres.embedded.autoconfigure;

import javax.sql.DataSource;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.postgres.embedded.InvalidSettingException;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * When a server is started and when not. Beans are lazy here, so that none is.
 */
class EmbeddedPostgresAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class, LiquibaseAutoConfiguration.class,
				DataSourceAutoConfiguration.class, R2dbcAutoConfiguration.class,
				EmbeddedPostgresAutoConfiguration.class))
		.withInitializer(
				(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()));

	@Test
	void startsWhenNoDatabaseIsConfigured() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(EmbeddedPostgresServer.class);
			assertThat(context).hasSingleBean(EmbeddedPostgresR2dbcConnectionDetails.class);
			assertThat(context).hasSingleBean(EmbeddedPostgresJdbcConnectionDetails.class);
			assertThat(context).hasSingleBean(R2dbcConnectionDetails.class);
			assertThat(context).hasSingleBean(JdbcConnectionDetails.class);
			assertThat(context).hasSingleBean(FlywayConnectionDetails.class);
			assertThat(context).hasSingleBean(LiquibaseConnectionDetails.class);
			assertThat(context).hasSingleBean(ConnectionFactory.class);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.r2dbc.url=r2dbc:postgresql://db/app", "spring.datasource.jndi-name=jdbc/app",
			"spring.datasource.url=jdbc:postgresql://db/app", "spring.flyway.url=jdbc:postgresql://db/app",
			"spring.liquibase.url=jdbc:postgresql://db/app",
			"spring.datasource.hikari.jdbc-url=jdbc:postgresql://db/app", "kalam.embedded-postgres.enabled=false" })
	void backsOffWhenAPropertySaysSo(String property) {
		this.runner.withPropertyValues(property).run(this::backsOff);
	}

	@Test
	void backsOffWhenAnEnvironmentVariableSaysSo() {
		this.runner
			.withInitializer((context) -> TestPropertyValues.of("SPRING_R2DBC_URL=r2dbc:postgresql://db/app")
				.applyTo(context.getEnvironment(), TestPropertyValues.Type.SYSTEM_ENVIRONMENT))
			.run(this::backsOff);
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.r2dbc.url=", "spring.datasource.url=${DATABASE_URL:}", "spring.r2dbc.username=app",
			"kalam.embedded-postgres.enabled=true" })
	void startsWhenPropertiesNameNoDatabase(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasSingleBean(EmbeddedPostgresR2dbcConnectionDetails.class)
				.hasSingleBean(EmbeddedPostgresJdbcConnectionDetails.class));
	}

	@ParameterizedTest
	@ValueSource(classes = { DataSourceConfiguration.class, ConnectionFactoryConfiguration.class,
			JdbcDetailsConfiguration.class, R2dbcDetailsConfiguration.class, FlywayDetailsConfiguration.class })
	void backsOffAltogetherWhenABeanBringsADatabase(Class<?> configuration) {
		this.runner.withUserConfiguration(configuration).run(this::backsOff);
	}

	@Test
	void backsOffWhenTheParentContextHasADatabase() {
		new ApplicationContextRunner().withUserConfiguration(DataSourceConfiguration.class)
			.run((parent) -> this.runner.withParent(parent).run(this::backsOff));
	}

	@Test
	void usesAServerOfTheApplication() {
		this.runner.withBean("own", EmbeddedPostgresServer.class, () -> EmbeddedPostgresServer.builder().start())
			.run((context) -> assertThat(context).hasSingleBean(EmbeddedPostgresServer.class)
				.hasBean("own")
				.hasSingleBean(EmbeddedPostgresR2dbcConnectionDetails.class));
	}

	@Test
	void doesWithoutR2dbc() {
		this.runner.withClassLoader(new FilteredClassLoader(R2dbcConnectionDetails.class, ConnectionFactory.class))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(EmbeddedPostgresJdbcConnectionDetails.class);
				assertThat(context).doesNotHaveBean("embeddedPostgresR2dbcConnectionDetails");
			});
	}

	@Test
	void doesWithoutJdbc() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.jdbc", "org.springframework.boot.jdbc"))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(EmbeddedPostgresR2dbcConnectionDetails.class);
				assertThat(context).doesNotHaveBean("embeddedPostgresJdbcConnectionDetails");
			});
	}

	@Test
	void failureIsAnalyzed() {
		this.runner.withPropertyValues("kalam.embedded-postgres.server-parameters.wal_level=minimal").run((context) -> {
			Throwable failure = catchThrowable(() -> context.getBean(ConnectionFactory.class));
			assertThat(failure).hasRootCauseInstanceOf(InvalidSettingException.class);
			FailureAnalysis analysis = analyze(failure);
			assertThat(analysis.getDescription()).contains("wal_level 'minimal'");
			assertThat(analysis.getAction())
				.contains("Remove wal_level from kalam.embedded-postgres.server-parameters");
		});
	}

	private static FailureAnalysis analyze(Throwable failure) {
		return SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, (type, name, ex) -> {
		})
			.stream()
			.filter(EmbeddedPostgresFailureAnalyzer.class::isInstance)
			.findFirst()
			.orElseThrow()
			.analyze(failure);
	}

	private void backsOff(AssertableApplicationContext context) {
		for (Class<?> type : new Class<?>[] { EmbeddedPostgresServer.class,
				EmbeddedPostgresR2dbcConnectionDetails.class, EmbeddedPostgresJdbcConnectionDetails.class,
				EmbeddedPostgresFlywayConnectionDetails.class, EmbeddedPostgresLiquibaseConnectionDetails.class }) {
			assertThat(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context.getBeanFactory(), type)).isEmpty();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class DataSourceConfiguration {

		@Bean
		DataSource dataSource() {
			return new DriverManagerDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ConnectionFactoryConfiguration {

		@Bean
		ConnectionFactory connectionFactory() {
			return ConnectionFactories.get("r2dbc:postgresql://db/app");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class JdbcDetailsConfiguration {

		@Bean
		JdbcConnectionDetails jdbcConnectionDetails() {
			return new JdbcConnectionDetails() {

				@Override
				public String getUsername() {
					return "app";
				}

				@Override
				public String getPassword() {
					return "secret";
				}

				@Override
				public String getJdbcUrl() {
					return "jdbc:postgresql://db/app";
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class R2dbcDetailsConfiguration {

		@Bean
		R2dbcConnectionDetails r2dbcConnectionDetails() {
			return () -> ConnectionFactoryOptions.parse("r2dbc:postgresql://db/app");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FlywayDetailsConfiguration {

		@Bean
		FlywayConnectionDetails flywayConnectionDetails() {
			return new FlywayConnectionDetails() {

				@Override
				public String getUsername() {
					return "app";
				}

				@Override
				public String getPassword() {
					return "secret";
				}

				@Override
				public String getJdbcUrl() {
					return "jdbc:postgresql://db/app";
				}

			};
		}

	}

}
