package io.kalam.boot;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Keeps Boot from configuring R2DBC in an application whose own persistence is JDBC.
 * <p>
 * R2DBC is on the class path because our starter brings it, and Boot configures no
 * {@code DataSource} beside an R2DBC {@code ConnectionFactory}: without this, the starter
 * would take JPA away. Our own snapshots are read over connections that Boot knows
 * nothing of.
 */
final class OnR2dbcApplication extends SpringBootCondition
		implements AutoConfigurationImportFilter, EnvironmentAware, BeanClassLoaderAware, BeanFactoryAware {

	private static final String R2DBC = "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration";

	private static final String R2DBC_URL = "spring.r2dbc.url";

	private static final List<String> JDBC_PROPERTIES = List.of("spring.datasource.url", "spring.datasource.jndi-name",
			"spring.datasource.hikari.jdbc-url");

	private static final List<String> JDBC_CLASSES = List.of(
			"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
			"org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration");

	private @Nullable Environment environment;

	private @Nullable ClassLoader classLoader;

	private @Nullable BeanFactory beanFactory;

	@Override
	public boolean[] match(@Nullable String[] names, AutoConfigurationMetadata metadata) {
		boolean[] match = new boolean[names.length];
		for (int i = 0; i < names.length; i++) {
			match[i] = !R2DBC.equals(names[i]) || record(outcome(this.environment, this.classLoader));
		}
		return match;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return outcome(context.getEnvironment(), context.getClassLoader());
	}

	private boolean record(ConditionOutcome outcome) {
		if (!outcome.isMatch() && this.beanFactory instanceof ConfigurableListableBeanFactory factory) {
			ConditionEvaluationReport.get(factory).recordConditionEvaluation(R2DBC, this, outcome);
		}
		return outcome.isMatch();
	}

	private static ConditionOutcome outcome(@Nullable Environment environment, @Nullable ClassLoader classLoader) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("R2DBC application");
		if (environment == null || StringUtils.hasText(environment.getProperty(R2DBC_URL))) {
			return ConditionOutcome.match(message.foundExactly(R2DBC_URL));
		}
		for (String property : JDBC_PROPERTIES) {
			if (StringUtils.hasText(environment.getProperty(property))) {
				return ConditionOutcome.noMatch(message.because(property + " is set and " + R2DBC_URL + " is not"));
			}
		}
		for (String name : JDBC_CLASSES) {
			if (ClassUtils.isPresent(name, classLoader)) {
				return ConditionOutcome
					.noMatch(message.because(name + " is on the class path and " + R2DBC_URL + " is not set"));
			}
		}
		return ConditionOutcome.match(message.didNotFind("anything of JDBC").atAll());
	}

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

}
