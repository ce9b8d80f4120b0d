package io.kalam.boot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of nothing but a warning: a servlet application has no socket.
 */
@AutoConfiguration(after = KalamAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "kalam.enabled", matchIfMissing = true)
public final class KalamServletAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(KalamServletAutoConfiguration.class);

	@Bean
	SmartInitializingSingleton kalamServletWarning(KalamProperties properties) {
		return () -> logger
			.warn("No client can subscribe: this is a servlet application (Spring MVC), and {} is served in a WebFlux "
					+ "application only. Remove spring-boot-starter-webmvc (or spring-boot-starter-web), or, if "
					+ "nothing in the application needs it, set spring.main.web-application-type=reactive; "
					+ "kalam.enabled=false ends this warning, and capturing.", properties.websocket().path());
	}

}
