package io.kalam.boot.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The clients of an application under test. Each user has a socket of their own and goes
 * the whole way: the token, the access decision, the query, the protocol. All sockets are
 * closed after each test method.
 */
public final class RealtimeTestClient {

	private final TestEnvironment environment;

	private final List<UserSession> sessions = new ArrayList<>();

	RealtimeTestClient(TestEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * A user who has signed in.
	 * @param name the name that the token's owner claim
	 * ({@code kalam.security.owner-claim}) and its subject have; a row is the user's if
	 * its owner is this
	 * @return the user, not connected yet
	 */
	public RealtimeTestUser as(String name) {
		Map<String, Object> claims = Map.of("sub", name);
		return new RealtimeTestUser(this, name, claims, List.of()).withClaim(this.environment.ownerClaim(), name);
	}

	TestEnvironment environment() {
		return this.environment;
	}

	UserSession open(String token) {
		UserSession session = new UserSession(this.environment, token);
		synchronized (this.sessions) {
			this.sessions.add(session);
		}
		return session;
	}

	/**
	 * Closes all sockets. It is done after each test method.
	 */
	void reset() {
		synchronized (this.sessions) {
			this.sessions.forEach(UserSession::disconnect);
			this.sessions.clear();
		}
	}

}
