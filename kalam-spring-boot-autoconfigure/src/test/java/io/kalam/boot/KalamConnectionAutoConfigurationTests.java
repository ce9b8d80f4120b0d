package io.kalam.boot;

import io.kalam.catalog.PostgresSettings;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which of the application's connections capture follows.
 */
class KalamConnectionAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KalamConnectionAutoConfiguration.class));

	@Test
	void aJdbcApplicationFollowsJdbcAndDoesNotAskForWhatR2dbcWouldHave() {
		this.runner.withBean(JdbcConnectionDetails.class, KalamConnectionAutoConfigurationTests::jdbc)
			.withBean(R2dbcConnectionDetails.class, () -> () -> {
				throw new NoClassDefFoundError("org/testcontainers/r2dbc/R2DBCDatabaseContainer");
			})
			.run((context) -> assertThat(context).getBean(PostgresSettings.class).hasToString("app@jdbc:5433/desk"));
	}

	@Test
	void anApplicationThatHasBothFollowsR2dbc() {
		ApplicationContextRunner both = this.runner
			.withBean(JdbcConnectionDetails.class, KalamConnectionAutoConfigurationTests::jdbc)
			.withBean(R2dbcConnectionDetails.class, () -> KalamConnectionAutoConfigurationTests::r2dbc);
		both.withPropertyValues("spring.r2dbc.url=r2dbc:postgresql://reactive/desk")
			.run((context) -> assertThat(context).getBean(PostgresSettings.class)
				.hasToString("app@reactive:5432/desk"));
		both.withClassLoader(new FilteredClassLoader(HibernateJpaAutoConfiguration.class))
			.run((context) -> assertThat(context).getBean(PostgresSettings.class)
				.hasToString("app@reactive:5432/desk"));
	}

	private static ConnectionFactoryOptions r2dbc() {
		return ConnectionFactoryOptions.parse("r2dbc:postgresql://app@reactive/desk");
	}

	private static JdbcConnectionDetails jdbc() {
		return new JdbcConnectionDetails() {

			@Override
			public String getUsername() {
				return "app";
			}

			@Override
			public String getPassword() {
				return "";
			}

			@Override
			public String getJdbcUrl() {
				return "jdbc:postgresql://jdbc:5433/desk";
			}

		};
	}

}
