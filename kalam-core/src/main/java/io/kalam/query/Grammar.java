package io.kalam.query;

import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.statement.select.PlainSelect;

/**
 * JSqlParser's grammar, on the caller's thread and without its fallback to a slower mode.
 */
final class Grammar {

	static final String FORM = "SELECT columns FROM table WHERE condition ORDER BY columns LIMIT n";

	static final String HOW_TO = "A live query is written " + FORM;

	private Grammar() {
	}

	static PlainSelect parse(QueryText text) {
		CCJSqlParser parser = new CCJSqlParser(new StringProvider(text.toString())).withAllowComplexParsing(false);
		try {
			if (parser.Statement() instanceof PlainSelect select) {
				return select;
			}
		}
		catch (ParseException ex) {
			throw syntaxError(text, ex);
		}
		catch (RuntimeException ex) {
			throw QueryException.invalid(HOW_TO, 1);
		}
		throw QueryException.invalid(HOW_TO, 1);
	}

	private static QueryException syntaxError(QueryText text, ParseException cause) {
		Token found = (cause.currentToken != null) ? cause.currentToken.next : null;
		int index = (found != null && found.kind != CCJSqlParserConstants.EOF) ? text.indexAt(found.beginColumn)
				: text.size();
		return (index < text.size()) ? QueryException.syntaxError(text.token(index), "a live query is written " + FORM)
				: QueryException.invalid(HOW_TO, 1);
	}

}
