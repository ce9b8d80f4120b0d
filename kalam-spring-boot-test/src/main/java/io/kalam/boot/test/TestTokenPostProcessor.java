package io.kalam.boot.test;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Has the application's decoder accept the tokens of tests as well.
 */
final class TestTokenPostProcessor implements BeanPostProcessor {

	private final TestTokens tokens = new TestTokens();

	TestTokens tokens() {
		return this.tokens;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof ReactiveJwtDecoder decoder) {
			return this.tokens.beside(decoder);
		}
		return (bean instanceof JwtDecoder decoder) ? this.tokens.besideBlocking(decoder) : bean;
	}

}
