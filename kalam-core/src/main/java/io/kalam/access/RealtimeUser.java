package io.kalam.access;

import java.time.Instant;
import java.util.Set;

/**
 * Who is connected, as the token says.
 *
 * @param name the claim that names the owner of rows
 * @param role the role that clients are told: {@code user} unless an authority maps to
 * another
 * @param authorities the authorities, as Spring Security spells them
 * @param expiresAt when the token expires
 */
public record RealtimeUser(String name, String role, Set<String> authorities, Instant expiresAt) {

	public RealtimeUser {
		authorities = Set.copyOf(authorities);
	}

	/**
	 * Names no one: who is connected must not reach a log.
	 */
	@Override
	public String toString() {
		return "RealtimeUser with role " + this.role;
	}

}
