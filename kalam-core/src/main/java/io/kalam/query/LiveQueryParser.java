package io.kalam.query;

import java.util.List;

import io.kalam.partition.LiveTable;
import org.jspecify.annotations.Nullable;

/**
 * Reads live queries. A query is accepted only if what is evaluated here and what
 * Postgres would select are the same for every row; everything else is refused by name.
 * {@code SUBSCRIBE TO table …} is another way to write {@code SELECT * FROM table …}.
 * Time and memory are bounded by the limits. May be used by any thread.
 */
public final class LiveQueryParser {

	private final QueryLimits limits;

	private final RecentQueries recent = new RecentQueries();

	/**
	 * A parser.
	 * @param limits what a query may cost
	 */
	public LiveQueryParser(QueryLimits limits) {
		this.limits = limits;
	}

	/**
	 * Reads a query.
	 * @param sql the client's text
	 * @param parameters the values of {@code $1} and so on, as JSON has them: strings,
	 * booleans, numbers, {@code null}, and lists of those for {@code ANY}. A number is
	 * compared as a literal would be, but for a {@code float4} column, where it is read
	 * as one.
	 * @param user who is asking: the value of {@code CURRENT_USER}
	 * @param tables finds the table
	 * @return the query
	 * @throws QueryException if it is refused
	 */
	public LiveQuery parse(String sql, List<? extends @Nullable Object> parameters, String user, TableLookup tables) {
		Syntax.Query query = read(sql);
		LiveTable table = table(query, tables);
		return new Binder(table, query, new Parameters(parameters, user, this.limits), this.limits).bind();
	}

	/**
	 * Finds the table that a query reads from, whatever else it says.
	 * @param sql the client's text
	 * @param tables finds the table
	 * @return the table
	 * @throws QueryException if the text is no query, or there is no such table
	 */
	public LiveTable table(String sql, TableLookup tables) {
		return table(read(sql), tables);
	}

	/**
	 * Reads a condition of the application's own, whose values are all bound.
	 * @param condition the application's text: what could stand behind {@code WHERE},
	 * without strings and numbers
	 * @param values the values of {@code $1} and so on
	 * @param user the value of {@code CURRENT_USER}
	 * @param table the table
	 * @return the predicate
	 * @throws QueryException if it is refused
	 */
	public RowPredicate condition(String condition, List<? extends @Nullable Object> values, String user,
			LiveTable table) {
		return PolicyCondition.read(condition).bind(table, values, user);
	}

	private static LiveTable table(Syntax.Query query, TableLookup tables) {
		List<SqlToken> name = query.table().parts();
		if (name.size() > 2) {
			throw QueryException.unsupported("A table is named by itself or with its schema", query.table().position());
		}
		LiveTable table = tables.find((name.size() == 2) ? name.get(0).value() : null, query.table().last().value());
		if (table == null) {
			throw new QueryException(QueryException.Code.NOT_FOUND,
					"There is no table " + query.table().last().describe() + " that you may subscribe to",
					query.table().position());
		}
		return table;
	}

	/**
	 * Reads the options that a query may bring with it when it is written as
	 * {@code SUBSCRIBE TO table … OPTIONS (…)}.
	 * @param sql the client's text
	 * @return the options
	 * @throws QueryException if it is refused
	 */
	public SubscribeOptions options(String sql) {
		return read(sql).options();
	}

	private Syntax.Query read(String sql) {
		return this.recent.get(sql, (text) -> QueryReader.read(text, this.limits));
	}

}
