package io.kalam.query;

/**
 * A query is refused. The message is for whoever wrote the query: it says what to write
 * instead, and holds nothing but words of the query and names of its table.
 */
public class QueryException extends RuntimeException {

	private final Code code;

	private final int position;

	QueryException(Code code, String message) {
		this(code, message, 0);
	}

	QueryException(Code code, String message, int position) {
		super((position > 0) ? message + " (character " + position + ")" : message);
		this.code = code;
		this.position = position;
	}

	static QueryException invalid(String message, int position) {
		return new QueryException(Code.INVALID_SQL, message, position);
	}

	static QueryException unsupported(String message, int position) {
		return new QueryException(Code.UNSUPPORTED, message, position);
	}

	static QueryException syntaxError(SqlToken token, String advice) {
		return invalid("Syntax error at or behind " + token.describe() + "; " + advice, token.position());
	}

	/**
	 * Why the query is refused.
	 * @return the code
	 */
	public Code code() {
		return this.code;
	}

	/**
	 * Where in the text the reason is.
	 * @return the place of a character, from 1; 0 if it is not known
	 */
	public int position() {
		return this.position;
	}

	/**
	 * The reasons.
	 */
	public enum Code {

		/** Not a query, or one that Postgres would refuse too. */
		INVALID_SQL,

		/** A query that can't be kept live, or not exactly. */
		UNSUPPORTED,

		/** No such table, or none that may be read. */
		NOT_FOUND

	}

}
