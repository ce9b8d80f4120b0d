package io.kalam.boot;

import io.kalam.journal.ChangeJournal;
import io.kalam.pipeline.RealtimePipeline;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of the health indicator.
 */
@AutoConfiguration(after = KalamAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(RealtimePipeline.class)
@ConditionalOnEnabledHealthIndicator("kalam")
public final class KalamHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "kalamHealthIndicator")
	HealthIndicator kalamHealthIndicator(RealtimePipeline pipeline, ChangeJournal journal) {
		return new KalamHealthIndicator(pipeline::status, pipeline::capture, journal::status);
	}

}
