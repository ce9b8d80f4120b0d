package io.kalam.boot.actuate;

import java.util.List;

import io.kalam.access.AccessDecider;
import io.kalam.access.AccessUndecidedException;
import io.kalam.access.RealtimeUser;
import io.kalam.access.TableAccess;
import io.kalam.partition.LiveTable;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryException;
import io.kalam.query.SqlCondition;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a user may read. Blocks as long as the policies take.
 */
final class AccessLookup {

	private final AccessDecider access;

	private final LiveQueryParser parser;

	AccessLookup(AccessDecider access, LiveQueryParser parser) {
		this.access = access;
		this.parser = parser;
	}

	/**
	 * Decides about a table.
	 * @param user the user
	 * @param connected whether all is known of the user that the token says
	 * @param table the table
	 * @return what may be read
	 */
	Reach find(RealtimeUser user, boolean connected, LiveTable table) {
		if (!this.access.admits(user, table)) {
			return new Reach.Denied("The user may not read the table: it takes one of the authorities "
					+ table.definition().authorities().stream().sorted().toList()
					+ (connected ? "." : ", and which ones the user has is only known while it is subscribed."));
		}
		if (!connected && this.access.isGoverned(table)) {
			return new Reach.Unknown("An access policy decides about the table from the user's token, "
					+ "which is only known while the user is subscribed.");
		}
		try {
			return reach(user, table, this.access.decide(user, table).block());
		}
		catch (AccessUndecidedException ex) {
			return new Reach.Unknown(
					"An access policy could not decide, and so the user is let read nothing: " + "the log says why.");
		}
		catch (QueryException ex) {
			return new Reach.Unknown("The condition of an access policy is refused, and so the user is let read "
					+ "nothing: the log says why.");
		}
	}

	private Reach reach(RealtimeUser user, LiveTable table, @Nullable TableAccess decided) {
		if (!(decided instanceof TableAccess.Granted granted)) {
			return new Reach.Denied("The user may not read the table: an access policy says so.");
		}
		List<SqlCondition> rules = granted.rules()
			.stream()
			.map((rule) -> this.parser.condition(rule.condition(), rule.values(), user.name(), table).toSql())
			.toList();
		return new Reach.Rows(table.partitionOf(user.name()), rules);
	}

}
