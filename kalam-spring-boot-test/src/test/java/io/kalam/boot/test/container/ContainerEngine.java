package io.kalam.boot.test.container;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * A Docker engine, and the image that is run in it.
 */
final class ContainerEngine {

	/** Read by the Compose file too, hence of the environment. */
	private static final String IMAGE = System.getenv().getOrDefault("KALAM_TEST_POSTGRES_IMAGE", "postgres:17");

	private static final String HOW = " (src/docker/run-container-tests.sh makes one)";

	private ContainerEngine() {
	}

	static DockerImageName image() {
		return DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("postgres");
	}

	private static boolean hasCompose() {
		try {
			Process compose = new ProcessBuilder("docker", "compose", "version")
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			return compose.waitFor(60, TimeUnit.SECONDS) && compose.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Says why a test was not run where there is no engine.
	 */
	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@ExtendWith(EngineCondition.class)
	@interface Required {

		/**
		 * Whether {@code docker compose} is needed, too.
		 */
		boolean compose() default false;

	}

	static final class EngineCondition implements ExecutionCondition {

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			Required required = context.getRequiredTestClass().getAnnotation(Required.class);
			if (!DockerClientFactory.instance().isDockerAvailable()) {
				return ConditionEvaluationResult.disabled("There is no Docker engine here" + HOW);
			}
			if (required.compose() && !hasCompose()) {
				return ConditionEvaluationResult.disabled("There is no 'docker compose' here" + HOW);
			}
			return ConditionEvaluationResult.enabled("There is a Docker engine");
		}

	}

}
