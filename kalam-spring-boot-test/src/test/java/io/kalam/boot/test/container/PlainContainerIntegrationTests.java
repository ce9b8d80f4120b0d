package io.kalam.boot.test.container;

import java.time.Duration;

import io.kalam.boot.test.plain.PlainApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.postgresql.PostgreSQLContainer;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A container as it comes says what it lacks.
 */
@ContainerEngine.Required
@ExtendWith(OutputCaptureExtension.class)
class PlainContainerIntegrationTests {

	@Test
	void aContainerWithoutLogicalDecodingIsAFailureThatSaysWhatToAdd(CapturedOutput output) {
		try (PostgreSQLContainer postgres = new PostgreSQLContainer(ContainerEngine.image())) {
			postgres.withStartupTimeout(Duration.ofMinutes(5));
			postgres.start();
			String url = postgres.getJdbcUrl().replace("jdbc:", "r2dbc:").replaceAll("\\?.*", "");
			assertThatException()
				.isThrownBy(() -> new SpringApplicationBuilder(PlainApplication.class).run("--spring.r2dbc.url=" + url,
						"--spring.r2dbc.username=" + postgres.getUsername(),
						"--spring.r2dbc.password=" + postgres.getPassword(), "--server.port=0",
						"--spring.sql.init.mode=always", "--kalam.journal.type=memory"));
		}
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("wal_level is replica")
			.contains(".withCommand(\"postgres\", \"-c\", \"wal_level=logical\")")
			.contains("LogicalPostgres.container(")
			.contains("command: postgres -c wal_level=logical");
	}

}
