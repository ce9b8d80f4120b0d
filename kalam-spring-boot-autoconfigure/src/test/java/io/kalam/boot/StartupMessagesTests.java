package io.kalam.boot;

import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.websocket.RealtimeConnections;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody is told whose application lacks something.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupMessagesTests {

	@Test
	void saysSoIfThereIsNoRealtimeTable(CapturedOutput output) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KalamConnectionAutoConfiguration.class,
					KalamAutoConfiguration.class, KalamHealthAutoConfiguration.class))
			.withPropertyValues("kalam.postgres.host=localhost")
			.run((context) -> {
				assertThat(context.getBean(RealtimePipeline.class).status().state()).isEqualTo(PipelineState.IDLE);
				assertThat(
						context.getBean("kalamHealthIndicator", HealthIndicator.class).health().getStatus().getCode())
					.isEqualTo("UP");
				assertThat(output.getAll().split("Put @RealtimeTable\\(owner", -1)).hasSize(2);
			});
	}

	@Test
	void saysWhatIsMissingForTokens() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KalamConnectionAutoConfiguration.class,
					KalamAutoConfiguration.class, KalamWebFluxAutoConfiguration.class))
			.withPropertyValues("kalam.postgres.host=localhost")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MissingBeanException.class)
				.hasMessageContaining("ReactiveJwtDecoder"));
	}

	@Test
	void saysIfThereIsNoDatabase() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(KalamConnectionAutoConfiguration.class, KalamAutoConfiguration.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MissingBeanException.class)
				.hasMessageContaining("which Postgres"));
	}

	@Test
	void aServletApplicationInAnotherServerIsToldThatItHasNoSocket(CapturedOutput output) {
		WebApplicationContextRunner servlet = new WebApplicationContextRunner()
			.withClassLoader(new FilteredClassLoader(InternalHttpUpgradeHandler.class))
			.withConfiguration(
					AutoConfigurations.of(KalamConnectionAutoConfiguration.class, KalamAutoConfiguration.class,
							KalamWebFluxAutoConfiguration.class, KalamServletAutoConfiguration.class))
			.withPropertyValues("kalam.postgres.host=localhost", "kalam.websocket.path=/live");
		servlet.withPropertyValues("kalam.enabled=false")
			.run((context) -> assertThat(output).doesNotContain("No client can subscribe"));
		servlet.run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(RealtimeConnections.class);
			assertThat(output).contains("No client can subscribe", "/live", "Add spring-boot-starter-tomcat");
		});
	}

}
