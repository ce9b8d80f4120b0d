package io.kalam.boot.test.desk;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Can't be had in a test.
 */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

	@Bean
	Object mailServer() {
		throw new IllegalStateException("There is no mail server");
	}

}
