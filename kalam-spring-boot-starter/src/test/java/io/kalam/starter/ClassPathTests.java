package io.kalam.starter;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the starter brings, and what it must not: Boot chooses the stack by the class
 * path. The class path of these tests is the starter's and more.
 */
class ClassPathTests {

	@ParameterizedTest
	@ValueSource(strings = { "jakarta.servlet.Servlet", "org.apache.catalina.startup.Tomcat",
			"org.springframework.web.servlet.DispatcherServlet", "jakarta.websocket.Endpoint",
			"jakarta.persistence.Entity" })
	void theStarterBringsNothingOfTheServletStack(String name) {
		assertThat(ClassUtils.isPresent(name, null)).isFalse();
		assertThat(WebApplicationType.deduce()).isEqualTo(WebApplicationType.REACTIVE);
	}

}
