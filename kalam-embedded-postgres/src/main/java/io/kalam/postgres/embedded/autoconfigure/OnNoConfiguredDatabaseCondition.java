package io.kalam.postgres.embedded.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches if no property names a database. An empty one, such as {@code ${DATABASE_URL:}}
 * leaves, names none.
 */
class OnNoConfiguredDatabaseCondition extends SpringBootCondition {

	private static final List<String> PROPERTIES = List.of("spring.r2dbc.url", "spring.datasource.url",
			"spring.datasource.jndi-name", "spring.datasource.hikari.jdbc-url",
			"spring.datasource.hikari.data-source-class-name", "spring.datasource.hikari.data-source-jndi",
			"spring.datasource.xa.data-source-class-name", "spring.flyway.url", "spring.liquibase.url");

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Configured database");
		for (String property : PROPERTIES) {
			if (StringUtils.hasText(context.getEnvironment().getProperty(property))) {
				return ConditionOutcome.noMatch(message.found("property").items(property));
			}
		}
		return ConditionOutcome.match(message.didNotFind("any property that names one").atAll());
	}

}
