package io.kalam.boot.observation;

import io.kalam.boot.KalamAutoConfiguration;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.websocket.RealtimeAuthenticator;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of the observations.
 */
@AutoConfiguration(after = KalamAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ ObservationRegistry.class, RealtimePipeline.class })
public final class KalamObservationAutoConfiguration {

	@Bean
	ObservedResumes kalamResumeObservations(ObservationRegistry registry,
			ObjectProvider<ResumeObservationConvention> convention) {
		return new ObservedResumes(
				new Observations<>(registry, convention.getIfAvailable(), new DefaultResumeObservationConvention()));
	}

	@Bean
	ObservedCommits kalamCommitObservations(ObservationRegistry registry,
			ObjectProvider<CommitObservationConvention> convention) {
		return new ObservedCommits(
				new Observations<>(registry, convention.getIfAvailable(), new DefaultCommitObservationConvention()));
	}

	@Bean
	static BeanPostProcessor kalamSnapshotObservations(ObjectProvider<ObservationRegistry> registry,
			ObjectProvider<SnapshotObservationConvention> convention) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				return (bean instanceof SnapshotReader reader)
						? new ObservedSnapshotReader(reader, new Observations<>(registry.getObject(),
								convention.getIfAvailable(), new DefaultSnapshotObservationConvention()))
						: bean;
			}

		};
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ReactiveJwtDecoder.class)
	static class Clients {

		@Bean
		static BeanPostProcessor kalamAuthenticationObservations(ObjectProvider<ObservationRegistry> registry,
				ObjectProvider<AuthenticationObservationConvention> convention) {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String beanName) {
					return (bean instanceof RealtimeAuthenticator authenticator)
							? new ObservedAuthenticator(authenticator, new Observations<>(registry.getObject(),
									convention.getIfAvailable(), new DefaultAuthenticationObservationConvention()))
							: bean;
				}

			};
		}

	}

}
