package io.kalam.boot.test.container;

import java.time.Duration;

import io.kalam.boot.test.plain.PlainApplication;
import io.kalam.catalog.PostgresSettings;
import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.RealtimePipeline;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Postgres of Docker Compose is found without a property that says where it is.
 */
@ContainerEngine.Required(compose = true)
class ComposeIntegrationTests {

	@Test
	void changesAreCapturedFromTheService() throws Exception {
		String file = new ClassPathResource("compose.yaml").getFile().getAbsolutePath();
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(PlainApplication.class).run(
				"--spring.docker.compose.skip.in-tests=false", "--spring.docker.compose.file=" + file,
				"--spring.docker.compose.stop.command=down", "--spring.docker.compose.readiness.timeout=5m",
				"--server.port=0", "--spring.sql.init.mode=always", "--kalam.journal.type=memory",
				"--kalam.postgres.replica-identity=manage")) {
			PostgresSettings settings = context.getBean(PostgresSettings.class);
			assertThat(settings.database()).isEqualTo("composed");
			assertThat(settings.user()).isEqualTo("composer");
			RealtimePipeline pipeline = context.getBean(RealtimePipeline.class);
			Awaitility.await()
				.atMost(Duration.ofSeconds(120))
				.until(() -> pipeline.status().state() == PipelineState.STREAMING);
		}
	}

}
