package io.kalam.boot.test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;
import org.springframework.util.ClassUtils;

/**
 * What a test of realtime tables can't leave to the application's properties (below those
 * that the test itself sets), and what it takes where these say nothing. Each context has
 * a name of its own for its database and its replication slot.
 */
final class RealtimeTestContextCustomizer implements ContextCustomizer {

	static final String DATABASE = "kalam.test.database";

	private static final AtomicInteger contexts = new AtomicInteger();

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		MutablePropertySources sources = context.getEnvironment().getPropertySources();
		PropertySource<?> required = new MapPropertySource("realtimeTest", required());
		if (sources.contains(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME)) {
			sources.addAfter(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME, required);
		}
		else {
			sources.addFirst(required);
		}
		sources.addLast(new MapPropertySource("realtimeTestDefaults", defaults(context.getClassLoader())));
	}

	private static Map<String, Object> required() {
		String name = "kalam_test_" + ProcessHandle.current().pid() + "_" + contexts.incrementAndGet();
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put(DATABASE, name);
		properties.put("kalam.postgres.slot", name);
		properties.put("kalam.journal.type", "memory");
		properties.put("kalam.fail-fast", "true");
		properties.put("kalam.websocket.auth-timeout", "30s");
		properties.put("kalam.websocket.max-messages-per-second", "100000");
		properties.put("kalam.websocket.message-burst", "100000");
		properties.put("kalam.websocket.max-connections-per-user", "1000");
		properties.put("server.ssl.enabled", "false");
		return properties;
	}

	private static Map<String, Object> defaults(@Nullable ClassLoader classLoader) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("kalam.postgres.replica-identity", "manage");
		properties.put("spring.sql.init.mode", "always");
		if (!ClassUtils.isPresent("org.flywaydb.core.Flyway", classLoader)
				&& !ClassUtils.isPresent("liquibase.change.DatabaseChange", classLoader)) {
			properties.put("spring.jpa.hibernate.ddl-auto", "update");
		}
		return properties;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof RealtimeTestContextCustomizer;
	}

	@Override
	public int hashCode() {
		return RealtimeTestContextCustomizer.class.hashCode();
	}

}
