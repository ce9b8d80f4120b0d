package io.kalam.boot;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Whether the types of the tables may be read by everybody: {@code kalam.types.enabled}
 * says so, or, where it says nothing, DevTools is active and can't be reached from
 * elsewhere. A packaged application is never in that state, even if it has DevTools on
 * its class path.
 */
final class OnServedTypes extends SpringBootCondition {

	private static final String ENABLED = "kalam.types.enabled";

	/** What DevTools adds where it restarts the application. */
	private static final String DEVTOOLS = "devtools";

	private static final String REMOTE = "spring.devtools.remote.secret";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Environment environment = context.getEnvironment();
		ConditionMessage.Builder message = ConditionMessage.forCondition("Types of the realtime tables");
		Boolean enabled = environment.getProperty(ENABLED, Boolean.class);
		if (enabled != null) {
			return new ConditionOutcome(enabled, message.because(ENABLED + " is " + enabled));
		}
		return isDevelopment(environment) ? ConditionOutcome.match(message.because("DevTools is active"))
				: ConditionOutcome.noMatch(message.because(ENABLED + " is not set and DevTools is not active"));
	}

	static boolean isDevelopment(Environment environment) {
		return environment instanceof ConfigurableEnvironment configurable
				&& configurable.getPropertySources().contains(DEVTOOLS)
				&& !StringUtils.hasText(environment.getProperty(REMOTE));
	}

}
