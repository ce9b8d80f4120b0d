package io.kalam.query;

import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.statement.select.PlainSelect;

/**
 * JSqlParser's grammar, on the caller's thread and in its simple mode, in which it does
 * not backtrack over nested conditions.
 */
final class Grammar {

	static final String HOW_TO = "A live query is written SELECT columns FROM table WHERE condition";

	private final QueryText text;

	Grammar(QueryText text) {
		this.text = text;
	}

	PlainSelect query() {
		return parse(this.text.query());
	}

	/**
	 * Parses what stands in parentheses.
	 * @param open the index of the opening one
	 * @return the expression
	 */
	Expression group(int open) {
		Expression where = parse(this.text.group(open)).getWhere();
		if (where == null) {
			throw QueryException.syntaxError(this.text.token(open));
		}
		return where;
	}

	private PlainSelect parse(QueryText.Fragment fragment) {
		CCJSqlParser parser = new CCJSqlParser(new StringProvider(fragment.toString())).withAllowComplexParsing(false);
		try {
			if (parser.Statement() instanceof PlainSelect select) {
				return select;
			}
		}
		catch (ParseException ex) {
			throw syntaxError(fragment, ex);
		}
		catch (RuntimeException ex) {
			throw QueryException.invalid(HOW_TO, 1);
		}
		throw QueryException.invalid(HOW_TO, 1);
	}

	private QueryException syntaxError(QueryText.Fragment fragment, ParseException cause) {
		Token found = (cause.currentToken != null) ? cause.currentToken.next : null;
		int index = (found != null && found.kind != CCJSqlParserConstants.EOF) ? fragment.indexAt(found.beginColumn)
				: fragment.end();
		if (index >= this.text.size()) {
			return QueryException.invalid("The query ends too early", 0);
		}
		return QueryException.syntaxError(this.text.token(index));
	}

}
