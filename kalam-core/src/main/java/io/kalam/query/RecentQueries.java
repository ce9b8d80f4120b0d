package io.kalam.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What queries say that were read a short time ago, by their text: when many clients come
 * back at once, they bring few texts. Bounded in number and in the length of each. May be
 * used by any thread.
 */
final class RecentQueries {

	static final int MOST = 128;

	static final int LONGEST = 1024;

	private final Map<String, Syntax.Query> queries = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Syntax.Query> eldest) {
			return size() > MOST;
		}

	};

	/**
	 * What a query says.
	 * @param sql its text
	 * @param reader reads it, if that has to be done
	 * @return what it says
	 * @throws QueryException if the reader refuses it, which it is asked again each time
	 */
	Syntax.Query get(String sql, Function<String, Syntax.Query> reader) {
		synchronized (this.queries) {
			Syntax.Query known = this.queries.get(sql);
			if (known != null) {
				return known;
			}
		}
		Syntax.Query read = reader.apply(sql);
		if (sql.length() <= LONGEST) {
			synchronized (this.queries) {
				this.queries.put(sql, read);
			}
		}
		return read;
	}

}
