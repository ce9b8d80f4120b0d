package io.kalam.postgres.embedded.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.postgres.embedded.PortInUseException;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class EmbeddedPostgresAutoConfigurationIntegrationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmbeddedPostgresAutoConfiguration.class, R2dbcAutoConfiguration.class,
				DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class, FlywayAutoConfiguration.class))
		.withPropertyValues("kalam.embedded-postgres.database=desk", "spring.r2dbc.pool.initial-size=1");

	@TempDir
	Path directory;

	@Test
	void reactivePoolAndMigrationsUseTheSameServer(CapturedOutput output) {
		this.runner.withPropertyValues("kalam.embedded-postgres.server-parameters.max_wal_senders=7").run((context) -> {
			EmbeddedPostgresServer server = context.getBean(EmbeddedPostgresServer.class);
			assertThat(output).containsOnlyOnce("Embedded Postgres 17.")
				.contains(" on 127.0.0.1:%d, database desk: psql -h 127.0.0.1 -p %d -U postgres desk"
					.formatted(server.port(), server.port()));
			ConnectionFactory pool = context.getBean(ConnectionFactory.class);
			assertThat(pool).isInstanceOf(ConnectionPool.class);
			assertThat(query(pool, "SHOW wal_level")).isEqualTo("logical");
			assertThat(query(pool, "SHOW max_wal_senders")).isEqualTo("7");
			assertThat(query(pool, "SELECT current_database()::text")).isEqualTo("desk");
			assertThat(context).doesNotHaveBean(DataSource.class);
			assertThat(query(pool, "SELECT word FROM migrated")).isEqualTo("by Flyway");
		});
	}

	@Test
	void jdbcPool() {
		this.runner.withClassLoader(new FilteredClassLoader("io.r2dbc")).run((context) -> {
			assertThat(context).hasSingleBean(HikariDataSource.class);
			assertThat(context.getBean(JdbcTemplate.class).queryForObject("SHOW wal_level", String.class))
				.isEqualTo("logical");
		});
	}

	@Test
	void serverEndsAfterThePool() {
		List<String> destroyed = new ArrayList<>();
		Path[] data = new Path[1];
		this.runner.withBean(DestructionAwareBeanPostProcessor.class, () -> (bean, name) -> destroyed.add(name))
			.run((context) -> data[0] = context.getBean(EmbeddedPostgresServer.class).dataDirectory());
		assertThat(destroyed).containsSubsequence("connectionFactory", "embeddedPostgresServer");
		assertThat(data[0]).doesNotExist();
	}

	@Test
	void keepsDataFromOneContextToTheNext() {
		ApplicationContextRunner kept = this.runner.withPropertyValues(
				"kalam.embedded-postgres.data-directory=" + this.directory.resolve("data"),
				"kalam.embedded-postgres.durable=false");
		kept.run((context) -> query(context.getBean(ConnectionFactory.class),
				"CREATE TABLE t AS SELECT 'kept' AS word"));
		kept.run((context) -> {
			EmbeddedPostgresServer server = context.getBean(EmbeddedPostgresServer.class);
			assertThat(server.dataDirectory()).isEqualTo(this.directory.resolve("data"));
			ConnectionFactory pool = context.getBean(ConnectionFactory.class);
			assertThat(query(pool, "SHOW fsync")).isEqualTo("off");
			assertThat(query(pool, "SELECT word FROM t")).isEqualTo("kept");
		});
	}

	@Test
	void severalContextsInOneJvm() {
		this.runner.run((first) -> this.runner.run((second) -> {
			assertThat(second.getBean(EmbeddedPostgresServer.class).port())
				.isNotEqualTo(first.getBean(EmbeddedPostgresServer.class).port());
			this.runner
				.withPropertyValues(
						"kalam.embedded-postgres.port=" + first.getBean(EmbeddedPostgresServer.class).port())
				.run((third) -> assertThat(third).getFailure().hasRootCauseInstanceOf(PortInUseException.class));
		}));
	}

	private static String query(ConnectionFactory pool, String sql) {
		return Flux
			.usingWhen(pool.create(),
					(connection) -> Flux.from(connection.createStatement(sql).execute())
						.flatMap((result) -> result.map((row) -> row.get(0, String.class))),
					Connection::close)
			.blockLast(Duration.ofSeconds(20));
	}

}
