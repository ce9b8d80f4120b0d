package io.kalam.oracle;

import java.util.ArrayList;
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
 * Who may read what of the board, and of the calls: all rows, the accounts and those with
 * some numbers, or none, as if there were no such table. May be used by any thread.
 */
final class OracleAccess {

	static final List<OracleTable> GOVERNED = List.of(OracleTable.BOARD, OracleTable.CALLS);

	private static final Rule ALL = new Rule(false, null);

	private static final Rule NONE = new Rule(true, null);

	private final Map<String, List<Rule>> rules = new HashMap<>();

	RealtimeAccessPolicy[] policies() {
		return GOVERNED.stream()
			.map((table) -> RealtimeAccessPolicy.blocking(table.sql(), (user) -> decide(user, table)))
			.toArray(RealtimeAccessPolicy[]::new);
	}

	private AccessDecision decide(RealtimeUser user, OracleTable table) {
		Rule rule = rule(user.name(), table);
		if (rule.denied) {
			return AccessDecision.none();
		}
		return (rule.numbers != null)
				? AccessDecision.where("b = $2 OR n = ANY ($1)", List.copyOf(rule.numbers), "account")
				: AccessDecision.all();
	}

	private synchronized List<Rule> rules(String user, OracleTable table) {
		return this.rules.computeIfAbsent(user + " of " + table, (key) -> new ArrayList<>(List.of(ALL)));
	}

	private synchronized Rule rule(String user, OracleTable table) {
		List<Rule> all = rules(user, table);
		return all.get(all.size() - 1);
	}

	/**
	 * Lets a user read something else of a table, or the same again.
	 * @return whether it is something else
	 */
	synchronized boolean change(String user, OracleTable table, Random random) {
		Rule rule = switch (random.nextInt(5)) {
			case 0 -> ALL;
			case 1 -> NONE;
			default -> new Rule(false, numbers(random));
		};
		return !rule.equals(rule(user, table)) && rules(user, table).add(rule);
	}

	private static Set<Integer> numbers(Random random) {
		Set<Integer> some = new TreeSet<>();
		for (int i = random.nextInt(7); i > 0; i--) {
			some.add(random.nextInt(13) - 3);
		}
		return some;
	}

	/**
	 * How often that has become something else.
	 */
	synchronized int version(String user, OracleTable table) {
		return rules(user, table).size() - 1;
	}

	/**
	 * Whether a user may read nothing of a table.
	 */
	boolean denies(String user, OracleTable table) {
		return rule(user, table).denied;
	}

	/**
	 * Whether that was so at some time.
	 * @param version since when
	 */
	synchronized boolean hasDenied(String user, OracleTable table, int version) {
		return rules(user, table).stream().skip(version).anyMatch(Rule::denied);
	}

	/**
	 * The same for Postgres.
	 */
	String condition(OracleTable table, String user) {
		if (table.isOwned()) {
			return "owner = '" + user + "'";
		}
		Rule rule = rule(user, table);
		if (rule.numbers == null) {
			return rule.denied ? "false" : "true";
		}
		return "(b = 'account' OR n IN (NULL"
				+ rule.numbers.stream().map((number) -> ", " + number).collect(Collectors.joining()) + "))";
	}

	/**
	 * What may be read.
	 *
	 * @param denied whether that is nothing
	 * @param numbers which numbers, {@code null} if it is not about them
	 */
	private record Rule(boolean denied, Set<Integer> numbers) {

	}

}
