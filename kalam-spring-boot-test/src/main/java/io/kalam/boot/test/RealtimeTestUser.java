package io.kalam.boot.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A user with a token and, from the first subscription or event on, a socket. What the
 * token holds is said before that; {@code withClaim} and {@code withAuthorities} return
 * another user. Not thread-safe.
 */
public final class RealtimeTestUser {

	private final RealtimeTestClient client;

	private final String name;

	private final Map<String, Object> claims;

	private final List<String> authorities;

	private @Nullable String token;

	private @Nullable UserSession session;

	RealtimeTestUser(RealtimeTestClient client, String name, Map<String, Object> claims, List<String> authorities) {
		this.client = client;
		this.name = name;
		this.claims = claims;
		this.authorities = authorities;
	}

	/**
	 * The same user with a further claim, or another value of one.
	 * @param claim the claim's name
	 * @param value its value
	 * @return a user with a token and a socket of their own
	 */
	public RealtimeTestUser withClaim(String claim, Object value) {
		Map<String, Object> all = new LinkedHashMap<>(this.claims);
		all.put(claim, value);
		return new RealtimeTestUser(this.client, this.name, Collections.unmodifiableMap(all), this.authorities);
	}

	/**
	 * The same user with further authorities.
	 * @param authorities the authorities as Spring Security spells them, for instance
	 * {@code ROLE_ADMIN}
	 * @return a user with a token and a socket of their own
	 * @throws IllegalStateException if the application makes authorities of claims by a
	 * converter of its own: give it the claims
	 */
	public RealtimeTestUser withAuthorities(String... authorities) {
		Assert.state(this.client.environment().grantsAuthorities(),
				"The application makes authorities of claims by a JwtAuthenticationConverter of its own: "
						+ "use withClaim(...) with the claims that it reads");
		List<String> all = new ArrayList<>(this.authorities);
		all.addAll(Arrays.asList(authorities));
		return new RealtimeTestUser(this.client, this.name, this.claims, List.copyOf(all));
	}

	/**
	 * Who it is.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The user's token, for calls of the application's own API in the same test.
	 * @return a bearer token that this application accepts until the context is closed,
	 * for an hour at the most
	 */
	public String token() {
		String issued = this.token;
		if (issued == null) {
			issued = this.client.environment().tokens().issue(this.claims, this.authorities);
			this.token = issued;
		}
		return issued;
	}

	/**
	 * Subscribes to a live query, and waits until the subscription is live (changes that
	 * are committed from now on are changes, what was committed before is in the
	 * snapshot) or was refused.
	 * @param sql the query, for instance
	 * {@code SELECT id, title FROM tickets WHERE status = $1}
	 * @param parameters the values of {@code $1}…
	 * @return the subscription
	 * @throws AssertionError if neither happens within 30 seconds
	 */
	public RealtimeTestSubscription<RealtimeTestRow> subscribe(String sql, @Nullable Object... parameters) {
		return subscribe(RealtimeTestRow.class, sql, parameters);
	}

	/**
	 * Subscribes to all rows and columns of an entity's table that the user may read.
	 * @param <T> the entity
	 * @param type a class with {@link io.kalam.RealtimeTable @RealtimeTable}
	 * @return the subscription, whose rows are read as entities
	 * @throws AssertionError if it is neither live nor refused within 30 seconds
	 */
	public <T> RealtimeTestSubscription<T> subscribe(Class<T> type) {
		return subscribe(type, this.client.environment().tables().queryFor(type));
	}

	/**
	 * Subscribes to a live query whose rows are read as a type.
	 * @param <T> the type
	 * @param type an entity, or any record whose components are named like the columns
	 * @param sql the query
	 * @param parameters the values of {@code $1}…
	 * @return the subscription
	 * @throws AssertionError if it is neither live nor refused within 30 seconds
	 */
	public <T> RealtimeTestSubscription<T> subscribe(Class<T> type, String sql, @Nullable Object... parameters) {
		UserSession current = session();
		SubscriptionState state = current.subscribe(new SubscriptionQuery(sql, Arrays.asList(parameters)));
		return new RealtimeTestSubscription<>(this.name, current, state, type);
	}

	/**
	 * Tells an event as a browser does, and waits until it is committed or refused.
	 * @param stream the stream, with its schema or without
	 * @param row the event's values by their columns; sender, tenant and owner may be
	 * left out and are then the user's
	 * @return what has become of it
	 * @throws AssertionError if neither happens within 30 seconds
	 */
	public RealtimeTestPublication publish(String stream, Map<String, ?> row) {
		return session().publish(stream, row);
	}

	/**
	 * Loses the socket, as if the network had failed. The subscriptions keep what they
	 * hold. Does nothing if there is none.
	 */
	public void disconnect() {
		session().disconnect();
	}

	/**
	 * Comes back after {@link #disconnect()}: every subscription that was live is
	 * continued from its cursor, and is told what it has missed, or is refused with
	 * {@code CURSOR_EXPIRED}. Waits until all are live or refused.
	 */
	public void reconnect() {
		session().reconnect();
	}

	private UserSession session() {
		UserSession current = this.session;
		if (current == null) {
			current = this.client.open(token());
			this.session = current;
		}
		return current;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
