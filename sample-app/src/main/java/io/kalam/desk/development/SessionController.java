package io.kalam.desk.development;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.kalam.desk.UserName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * <strong>For development only.</strong> Gives a token to whoever asks, in any name.
 */
@RestController
@ConditionalOnBooleanProperty("desk.development-sign-in.enabled")
final class SessionController {

	private static final long DEFAULT_TTL_SECONDS = 3600;

	private static final long MAX_TTL_SECONDS = 86_400;

	private final JwtEncoder encoder;

	private final Clock clock;

	SessionController(JwtEncoder encoder, Clock clock) {
		this.encoder = encoder;
		this.clock = clock;
	}

	@PostMapping("/api/session")
	Session signIn(@Valid @RequestBody SignIn body) {
		long ttlSeconds = (body.ttlSeconds() != null) ? body.ttlSeconds() : DEFAULT_TTL_SECONDS;
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		Instant end = now.plusSeconds(ttlSeconds);
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.issuer("kalam-desk-development")
			.subject(body.user())
			.issuedAt(now)
			.expiresAt(end)
			.build();
		String token = this.encoder.encode(JwtEncoderParameters.from(claims)).getTokenValue();
		return new Session(token, end);
	}

	/**
	 * Who wants to sign in.
	 *
	 * @param user any name
	 * @param ttlSeconds how long the token is valid, in seconds; an hour by default
	 */
	record SignIn(@NotNull @UserName String user, @Min(1) @Max(MAX_TTL_SECONDS) @Nullable Long ttlSeconds) {
	}

	/**
	 * A signed-in user's token.
	 *
	 * @param token the bearer token
	 * @param expiresAt when it ends
	 */
	record Session(String token, Instant expiresAt) {
	}

}
