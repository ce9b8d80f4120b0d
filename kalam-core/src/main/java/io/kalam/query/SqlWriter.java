package io.kalam.query;

import java.util.ArrayList;
import java.util.List;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.TableName;

/**
 * Writes a condition for Postgres. Every value becomes a parameter.
 */
final class SqlWriter {

	static final String TEXT = "\"pg_catalog\".\"text\"";

	private final StringBuilder text = new StringBuilder();

	private final List<String> parameters = new ArrayList<>();

	SqlWriter text(String sql) {
		this.text.append(sql);
		return this;
	}

	/**
	 * Writes a column. An enum is compared as text: a label that it doesn't have is then
	 * equal to none, where Postgres would refuse the whole query.
	 * @param column the column
	 * @return this
	 */
	SqlWriter column(Column column) {
		this.text.append(TableName.quote(column.name()));
		boolean isEnum = column.type().underlying().kind() == ColumnType.Kind.ENUM;
		return isEnum ? text("::").text(TEXT) : this;
	}

	SqlWriter literal(Literal literal) {
		return parameter(literal.text(), literal.type());
	}

	SqlWriter list(LiteralList list, boolean orNull) {
		StringBuilder array = new StringBuilder();
		for (Literal literal : list.literals()) {
			String quoted = literal.text().replace("\\", "\\\\").replace("\"", "\\\"");
			array.append(array.isEmpty() ? '{' : ',').append('"').append(quoted).append('"');
		}
		return parameter(array.append(orNull ? ",NULL}" : "}").toString(), list.type() + "[]");
	}

	SqlWriter pattern(LikePattern pattern) {
		return parameter(pattern.text(), TEXT);
	}

	private SqlWriter parameter(String value, String type) {
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
