package io.kalam.boot.metrics;

import java.time.Clock;

import io.kalam.boot.KalamAutoConfiguration;
import io.kalam.boot.KalamServletAutoConfiguration;
import io.kalam.boot.KalamWebFluxAutoConfiguration;
import io.kalam.event.EventStore;
import io.kalam.journal.ChangeJournal;
import io.kalam.partition.RealtimeTables;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.subscription.LiveHub;
import io.kalam.websocket.RealtimeConnections;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of the meters.
 */
@AutoConfiguration(
		after = { KalamAutoConfiguration.class, KalamWebFluxAutoConfiguration.class,
				KalamServletAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, RealtimePipeline.class })
public final class KalamMetricsAutoConfiguration {

	@Bean
	JournalMeters kalamJournalMeters(MeterRegistry registry) {
		return new JournalMeters(registry);
	}

	@Bean
	PipelineMeters kalamPipelineMeters(MeterRegistry registry) {
		return new PipelineMeters(registry);
	}

	@Bean
	SubscriptionMeters kalamSubscriptionMeters(MeterRegistry registry) {
		return new SubscriptionMeters(registry);
	}

	@Bean
	MeterBinder kalamCaptureGauges(RealtimePipeline pipeline) {
		return new CaptureGauges(pipeline);
	}

	@Bean
	MeterBinder kalamJournalGauges(ChangeJournal journal) {
		return new JournalGauges(journal, Clock.systemUTC());
	}

	@Bean
	MeterBinder kalamSessionGauges(LiveHub hub, RealtimeTables tables, RealtimePipeline pipeline) {
		return new SessionGauges(new SessionTotals(hub, System::nanoTime), tables, pipeline);
	}

	@Bean
	MeterBinder kalamStreamMeters(EventStore events, RealtimeTables tables, RealtimePipeline pipeline) {
		return new StreamMeters(events, tables, pipeline);
	}

	@Bean
	static BeanPostProcessor kalamSnapshotMeters(ObjectProvider<MeterRegistry> registry) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				return (bean instanceof SnapshotReader reader) ? new MeteredSnapshotReader(reader, registry.getObject())
						: bean;
			}

		};
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(RealtimeConnections.class)
	static class Sockets {

		@Bean
		ConnectionMeters kalamConnectionMeters(MeterRegistry registry) {
			return new ConnectionMeters(registry, Clock.systemUTC());
		}

		@Bean
		MeterBinder kalamConnectionGauges(RealtimeConnections connections) {
			return (registry) -> Gauge.builder("kalam.connections", connections, RealtimeConnections::count)
				.description("Open sockets, authenticated or not")
				.register(registry);
		}

	}

}
