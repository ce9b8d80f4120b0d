package io.kalam.query;

import java.util.ArrayList;
import java.util.List;

import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;

/**
 * Reads a query into our own words: what stands before WHERE by JSqlParser's grammar, the
 * condition by our own. Nothing is left out silently: every token that is the client's
 * has to turn up in the result, and keywords other than ours never reach the grammar.
 */
final class QueryReader {

	private final QueryText text;

	private final QueryLimits limits;

	private final PlaceholderReader placeholders;

	private QueryReader(QueryText text, QueryLimits limits) {
		this.text = text;
		this.limits = limits;
		this.placeholders = new PlaceholderReader(text);
	}

	static Syntax.Query read(String sql, QueryLimits limits) {
		return new QueryReader(QueryText.of(sql, limits), limits).read();
	}

	private Syntax.Query read() {
		PlainSelect select = Grammar.parse(this.text);
		if (select.getJoins() != null) {
			throw QueryException.unsupported("Joins are not supported; subscribe to each table", comma());
		}
		if (!(select.getFromItem() instanceof Table table)) {
			throw QueryException.invalid(Grammar.HOW_TO, 1);
		}
		List<Syntax.Item> items = items(select.getSelectItems());
		Syntax.Name name = this.placeholders.name(table.getFullyQualifiedName());
		List<SqlToken> alias = (table.getAlias() == null) ? List.of()
				: this.placeholders.name(table.getAlias().getName()).parts();
		this.placeholders.checkAllRead();
		return new Syntax.Query(items, name, alias, where(), this.text.order(), this.text.options());
	}

	/**
	 * Where the first comma behind FROM is.
	 */
	private int comma() {
		boolean from = false;
		for (int i = 0; i < this.text.size(); i++) {
			SqlToken token = this.text.token(i);
			from |= token.isWord("from");
			if (from && token.isSymbol(",")) {
				return token.position();
			}
		}
		return 0;
	}

	private Syntax where() {
		List<SqlToken> condition = this.text.condition();
		return (condition != null)
				? new ConditionParser(new TokenReader(condition, this.text.end()), this.limits).parse()
				: new Syntax.TruthValue(Truth.TRUE, 0);
	}

	private List<Syntax.Item> items(List<SelectItem<?>> selected) {
		List<Syntax.Item> items = new ArrayList<>();
		for (SelectItem<?> item : selected) {
			if (item.getAlias() != null) {
				throw QueryException.unsupported(
						"Column aliases are not supported; rows come under the names of the table's columns",
						this.placeholders.name(item.getAlias().getName()).position());
			}
			items.add(item(item.getExpression()));
		}
		return items;
	}

	private Syntax.Item item(Expression expression) {
		if (expression instanceof AllTableColumns all) {
			return new Syntax.All(this.placeholders.name(all.getTable().getFullyQualifiedName()).parts());
		}
		if (expression instanceof AllColumns) {
			return new Syntax.All(List.of());
		}
		if (expression instanceof Column column) {
			return this.placeholders.name(column.getFullyQualifiedName());
		}
		throw QueryException.unsupported("Expressions in the column list are not supported; name columns or write *",
				0);
	}

}
