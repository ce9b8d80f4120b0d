package io.kalam.boot;

import jakarta.persistence.EntityManagerFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.r2dbc.mapping.R2dbcMappingContext;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of how entities are named in the database.
 */
@AutoConfiguration(afterName = { "org.springframework.boot.data.r2dbc.autoconfigure.DataR2dbcAutoConfiguration",
		"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "kalam.enabled", matchIfMissing = true)
public final class KalamEntityAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(R2dbcMappingContext.class)
	static class R2dbc {

		@Bean
		@ConditionalOnBean(R2dbcMappingContext.class)
		EntityNames kalamR2dbcEntityNames(R2dbcMappingContext context) {
			return new R2dbcEntityNames(context);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ EntityManagerFactory.class, SessionFactoryImplementor.class })
	static class Jpa {

		@Bean
		@ConditionalOnSingleCandidate(EntityManagerFactory.class)
		EntityNames kalamJpaEntityNames(EntityManagerFactory factory) {
			return new JpaEntityNames(factory.unwrap(SessionFactoryImplementor.class));
		}

	}

}
