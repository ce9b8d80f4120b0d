package io.kalam.benchmark;

import java.util.List;

/**
 * Crowds that come and go before anything is timed: connecting is code, too, and the
 * compiler would otherwise get to it while messages are timed.
 */
final class WarmUp {

	/** How many crowds there are for each server. */
	static final int CROWDS = 10;

	private WarmUp() {
	}

	/**
	 * Warms servers up, one after the other.
	 * @param contenders the servers
	 * @param crowd what one crowd does: it connects, is told something, and goes
	 */
	static void with(List<Contender> contenders, Visit crowd) throws Exception {
		for (Contender contender : contenders) {
			for (int number = 0; number < CROWDS; number++) {
				crowd.pay(contender);
			}
		}
	}

	/**
	 * A crowd's visit to a server.
	 */
	@FunctionalInterface
	interface Visit {

		void pay(Contender contender) throws Exception;

	}

}
