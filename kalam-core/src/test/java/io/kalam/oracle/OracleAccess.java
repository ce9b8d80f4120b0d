package io.kalam.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.kalam.access.AccessDecision;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.access.RealtimeUser;

/**
 * Who may read which rows of the board, and which calls: all, or the accounts and those
 * with some numbers. May be used by any thread.
 */
final class OracleAccess {

	private final Map<String, Set<Integer>> numbers = new HashMap<>();

	private final Map<String, Integer> versions = new HashMap<>();

	RealtimeAccessPolicy[] policies() {
		return new RealtimeAccessPolicy[] { RealtimeAccessPolicy.blocking("board", this::decide),
				RealtimeAccessPolicy.blocking("calls", this::decide) };
	}

	private synchronized AccessDecision decide(RealtimeUser user) {
		Set<Integer> some = this.numbers.get(user.name());
		return (some != null) ? AccessDecision.where("b = $2 OR n = ANY ($1)", List.copyOf(some), "account")
				: AccessDecision.all();
	}

	/**
	 * Lets a user read something else, or the same again.
	 * @return whether it is something else
	 */
	synchronized boolean change(String user, Random random) {
		Set<Integer> before = this.numbers.get(user);
		if (random.nextInt(5) == 0) {
			this.numbers.remove(user);
		}
		else {
			Set<Integer> some = new TreeSet<>();
			for (int i = random.nextInt(7); i > 0; i--) {
				some.add(random.nextInt(13) - 3);
			}
			this.numbers.put(user, some);
		}
		boolean changed = (before != null) ? !before.equals(this.numbers.get(user)) : this.numbers.containsKey(user);
		this.versions.merge(user, changed ? 1 : 0, Integer::sum);
		return changed;
	}

	/**
	 * How often that has become something else.
	 */
	synchronized int version(String user) {
		return this.versions.getOrDefault(user, 0);
	}

	/**
	 * The same for Postgres.
	 */
	synchronized String condition(OracleTable table, String user) {
		Set<Integer> some = this.numbers.get(user);
		if (table.isOwned()) {
			return "owner = '" + user + "'";
		}
		return (some != null && table.isGoverned()) ? "(b = 'account' OR n IN (NULL"
				+ some.stream().map((number) -> ", " + number).collect(Collectors.joining()) + "))" : "true";
	}

}
