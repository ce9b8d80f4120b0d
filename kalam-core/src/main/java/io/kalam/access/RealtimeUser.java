package io.kalam.access;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Who is connected, as the token says.
 *
 * @param name the claim that names the owner of rows
 * @param tenant the claim that names the tenant of rows, {@code null} if there is none
 * @param role the role that clients are told: {@code user} unless an authority maps to
 * another
 * @param authorities the authorities, as Spring Security spells them
 * @param claims all claims of the token, for access policies
 * @param expiresAt when the token expires
 */
public record RealtimeUser(String name, @Nullable String tenant, String role, Set<String> authorities,
		Map<String, Object> claims, Instant expiresAt) {

	public RealtimeUser {
		authorities = Set.copyOf(authorities);
		claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
	}

	/**
	 * A user of whom nothing else is known.
	 * @param name the claim that names the owner of rows
	 * @param role the role that clients are told
	 * @param authorities the authorities
	 * @param expiresAt when the token expires
	 */
	public RealtimeUser(String name, String role, Set<String> authorities, Instant expiresAt) {
		this(name, null, role, authorities, Map.of(), expiresAt);
	}

	/**
	 * Names no one: who is connected must not reach a log.
	 */
	@Override
	public String toString() {
		return "RealtimeUser with role " + this.role;
	}

}
