package io.kalam.websocket;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.kalam.access.RealtimeUser;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.util.StringUtils;

/**
 * Takes the owner of rows from a claim, and the authorities from where the application
 * takes them.
 */
public final class JwtRealtimeUserConverter implements RealtimeUserConverter {

	private static final String DEFAULT_ROLE = "user";

	private final String ownerClaim;

	private final @Nullable String tenantClaim;

	private final Converter<Jwt, Flux<GrantedAuthority>> authorities;

	private final Map<String, String> roles;

	/**
	 * A converter for tables without tenants.
	 * @param ownerClaim the claim that names the owner of rows
	 * @param authorities finds the authorities that a token grants
	 * @param roles the roles that clients are told of, by authority
	 */
	public JwtRealtimeUserConverter(String ownerClaim, Converter<Jwt, Flux<GrantedAuthority>> authorities,
			Map<String, String> roles) {
		this(ownerClaim, null, authorities, roles);
	}

	/**
	 * A converter.
	 * @param ownerClaim the claim that names the owner of rows: a text or a whole number
	 * @param tenantClaim the claim that names the tenant of rows, a text or a whole
	 * number; {@code null} if there are no tenants
	 * @param authorities finds the authorities that a token grants
	 * @param roles the roles that clients are told of, by authority; the first authority
	 * that the user has decides, and one who has none is a {@code user}
	 */
	public JwtRealtimeUserConverter(String ownerClaim, @Nullable String tenantClaim,
			Converter<Jwt, Flux<GrantedAuthority>> authorities, Map<String, String> roles) {
		this.ownerClaim = ownerClaim;
		this.tenantClaim = tenantClaim;
		this.authorities = authorities;
		this.roles = new LinkedHashMap<>(roles);
	}

	@Override
	public Mono<RealtimeUser> convert(Jwt jwt) {
		Flux<GrantedAuthority> granted = Objects.requireNonNullElseGet(this.authorities.convert(jwt), Flux::empty);
		return granted.flatMap((authority) -> Mono.justOrEmpty(authority.getAuthority()))
			.collect(Collectors.toUnmodifiableSet())
			.map((names) -> new RealtimeUser(owner(jwt), tenant(jwt), role(names), names, jwt.getClaims(),
					Objects.requireNonNull(jwt.getExpiresAt())));
	}

	private String owner(Jwt jwt) {
		String owner = text(jwt.getClaims().get(this.ownerClaim));
		if (!StringUtils.hasText(owner)) {
			throw new BadJwtException(
					"The token has no claim '%s' that names its user; get one that has.".formatted(this.ownerClaim));
		}
		return owner;
	}

	private @Nullable String tenant(Jwt jwt) {
		return (this.tenantClaim != null) ? text(jwt.getClaims().get(this.tenantClaim)) : null;
	}

	private static @Nullable String text(@Nullable Object claim) {
		if (claim instanceof String || claim instanceof Long || claim instanceof Integer
				|| claim instanceof BigInteger) {
			return claim.toString();
		}
		return null;
	}

	private String role(Set<String> names) {
		for (Map.Entry<String, String> role : this.roles.entrySet()) {
			if (names.contains(role.getKey())) {
				return role.getValue();
			}
		}
		return DEFAULT_ROLE;
	}

}
