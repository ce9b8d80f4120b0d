package io.kalam.query;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.TableName;
import io.kalam.codec.JsonPath;

/**
 * Writes a condition for Postgres. Every value becomes a parameter.
 */
final class SqlWriter {

	static final String TEXT = "\"pg_catalog\".\"text\"";

	private static final String INT4 = "\"pg_catalog\".\"int4\"";

	private final StringBuilder text = new StringBuilder();

	private final List<String> parameters = new ArrayList<>();

	SqlWriter text(String sql) {
		this.text.append(sql);
		return this;
	}

	SqlWriter column(Column column) {
		return text(TableName.quote(column.name()));
	}

	SqlWriter term(Term term) {
		term.write(this);
		return this;
	}

	/**
	 * Writes an operator between two operands. Those of an extension are found by their
	 * schema only.
	 * @param operator the operator
	 * @param term what it is for
	 * @return this
	 */
	SqlWriter operator(Operator operator, Term term) {
		String schema = term.type().schema();
		boolean extension = term.type().kind() == ColumnType.Kind.BASE && !schema.equals(TypeName.CATALOG);
		return text(extension ? " OPERATOR(" + TableName.quote(schema) + '.' + operator.symbol() + ") "
				: ' ' + operator.symbol() + ' ');
	}

	SqlWriter literal(Literal literal) {
		return parameter(literal.text(), literal.type());
	}

	SqlWriter step(JsonPath.Step step) {
		String key = step.key();
		return (key != null) ? parameter(key, TEXT) : parameter(String.valueOf(step.index()), INT4);
	}

	SqlWriter list(LiteralList list, boolean orNull) {
		StringJoiner array = new StringJoiner(",", "{", "}");
		for (Literal literal : list.literals()) {
			array.add('"' + literal.text().replace("\\", "\\\\").replace("\"", "\\\"") + '"');
		}
		if (orNull) {
			array.add("NULL");
		}
		return parameter(array.toString(), list.type() + "[]");
	}

	SqlWriter pattern(LikePattern pattern) {
		return parameter(pattern.text(), TEXT);
	}

	SqlWriter parameter(String value, String type) {
		this.parameters.add(value);
		return text("($" + this.parameters.size() + ")::" + type);
	}

	SqlWriter joined(List<Condition> conditions, String operator) {
		String separator = "(";
		for (Condition condition : conditions) {
			text(separator);
			condition.write(this);
			separator = operator;
		}
		return text(")");
	}

	SqlCondition toCondition() {
		return new SqlCondition(this.text.toString(), this.parameters);
	}

}
