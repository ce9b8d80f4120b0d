package io.kalam.websocket;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

/**
 * What an upgrade request says about who sends it.
 *
 * @param subProtocols the sub-protocols that the client offers
 * @param bearers the tokens in the {@code Authorization} header, one at the most from a
 * client that means well
 * @param query the names of the parameters in the query string
 */
record UpgradeRequest(List<String> subProtocols, List<String> bearers, Set<String> query) {

	private static final String OURS = "kalamdb.";

	private static final String TOKEN = OURS + "jwt.";

	private static final String BEARER = "bearer ";

	private static final List<String> TOKEN_PARAMETERS = List.of("token", "access_token", "jwt", "authorization",
			"bearer");

	static UpgradeRequest of(HttpHeaders headers, Set<String> query) {
		return new UpgradeRequest(
				headers.getOrEmpty("Sec-WebSocket-Protocol")
					.stream()
					.flatMap((offered) -> Stream.of(StringUtils.tokenizeToStringArray(offered, ",")))
					.toList(),
				headers.getOrEmpty(HttpHeaders.AUTHORIZATION)
					.stream()
					.filter((value) -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
					.map((value) -> value.substring(BEARER.length()).trim())
					.toList(),
				query);
	}

	/**
	 * The token in the {@code Authorization} header.
	 * @return the first one, or {@code null}
	 */
	@Nullable String bearer() {
		return this.bearers.isEmpty() ? null : this.bearers.get(0);
	}

	/**
	 * Whether a token is where it would be logged.
	 * @return whether the query string has a parameter that is named like a token
	 */
	boolean hasTokenInQuery() {
		return this.query.stream().anyMatch((name) -> TOKEN_PARAMETERS.stream().anyMatch(name::equalsIgnoreCase));
	}

	/**
	 * Whether the client says more than once who it is.
	 * @return whether there is more than one token
	 */
	boolean isAmbiguous() {
		long tokens = this.subProtocols.stream().filter(UpgradeRequest::isToken).count();
		return tokens + this.bearers.size() > 1;
	}

	@Nullable String token() {
		return this.subProtocols.stream()
			.filter(UpgradeRequest::isToken)
			.map((offered) -> offered.substring(TOKEN.length()))
			.findFirst()
			.orElseGet(this::bearer);
	}

	/**
	 * The sub-protocol to answer with: one that does not hold the token, if there is one.
	 * @return an offered sub-protocol of ours, or {@code null}
	 */
	@Nullable String subProtocol() {
		List<String> ours = this.subProtocols.stream().filter((offered) -> offered.startsWith(OURS)).toList();
		return ours.stream()
			.filter((offered) -> !isToken(offered))
			.findFirst()
			.orElseGet(() -> ours.stream().findFirst().orElse(null));
	}

	private static boolean isToken(String offered) {
		return offered.startsWith(TOKEN);
	}

	/**
	 * Keeps the token to itself: it must not reach a log.
	 */
	@Override
	public String toString() {
		return "UpgradeRequest";
	}

}
