package io.kalam.desk.development;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.util.Assert;

/**
 * <strong>For development only.</strong> Signs and checks the tokens of
 * {@link SessionController} with one secret. Without it the application needs an identity
 * provider, as every real one has.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("desk.development-sign-in.enabled")
@EnableConfigurationProperties(DevelopmentSignInProperties.class)
class DevelopmentSignInConfiguration {

	private static final MacAlgorithm ALGORITHM = MacAlgorithm.HS256;

	private static final int SECRET_BYTES = 32;

	private final SecretKey key;

	DevelopmentSignInConfiguration(DevelopmentSignInProperties properties) {
		this.key = new SecretKeySpec(secret(properties.secret()), "HmacSHA256");
	}

	private static byte[] secret(@Nullable String configured) {
		if (configured != null) {
			byte[] secret = configured.getBytes(StandardCharsets.UTF_8);
			Assert.state(secret.length >= SECRET_BYTES,
					"desk.development-sign-in.secret is too short: give it 32 characters or more, or leave it out");
			return secret;
		}
		byte[] secret = new byte[SECRET_BYTES];
		new SecureRandom().nextBytes(secret);
		return secret;
	}

	@Bean
	JwtEncoder developmentJwtEncoder() {
		return NimbusJwtEncoder.withSecretKey(this.key).algorithm(ALGORITHM).build();
	}

	@Bean
	ReactiveJwtDecoder developmentJwtDecoder() {
		return NimbusReactiveJwtDecoder.withSecretKey(this.key).macAlgorithm(ALGORITHM).build();
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
