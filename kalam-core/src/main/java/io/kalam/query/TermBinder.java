package io.kalam.query;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

import io.kalam.catalog.Column;
import io.kalam.codec.JsonPath;
import io.kalam.partition.LiveTable;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the names and paths of a query mean.
 */
final class TermBinder {

	private static final Set<String> SYSTEM_COLUMNS = Set.of("ctid", "xmin", "cmin", "xmax", "cmax", "tableoid");

	private static final Set<String> JSON = Set.of("json", "jsonb");

	private static final int MAX_NAMES = 200;

	private final LiveTable table;

	private final Syntax.Query query;

	private final Parameters parameters;

	TermBinder(LiveTable table, Syntax.Query query, Parameters parameters) {
		this.table = table;
		this.query = query;
		this.parameters = parameters;
	}

	/**
	 * Finds what an operand means.
	 * @param operand the operand
	 * @return the term, or {@code null} if it is a value
	 */
	@Nullable Term find(Syntax.Operand operand) {
		if (operand instanceof Syntax.Name name) {
			Column column = column(name);
			return new ColumnTerm(column, this.table.rowType().codec(column));
		}
		if (operand instanceof Syntax.Json json) {
			return json(json);
		}
		return (operand instanceof Syntax.Collate collate) ? collated(collate) : null;
	}

	private Term json(Syntax.Json json) {
		Term term = find(json.operand());
		boolean field = term instanceof ColumnTerm || term instanceof JsonTerm;
		if (term == null || !field || !JSON.contains(term.type().name())) {
			throw QueryException.unsupported("-> and ->> stand behind columns of type json and jsonb and behind ->",
					json.position());
		}
		JsonPath.Step step = step(json.key());
		return (term instanceof JsonTerm path) ? path.then(step, json.asText())
				: new JsonTerm(term, new JsonPath(List.of(step), term.type().name().equals("jsonb")), json.asText());
	}

	private JsonPath.Step step(Syntax.Operand operand) {
		Given key = (find(operand) == null) ? this.parameters.value(operand)
				: new Given(null, false, operand.position());
		if (key.type() == null && key.value() instanceof String text && text.indexOf('\u0000') < 0) {
			return new JsonPath.Step(text, 0);
		}
		if (key.type() == null && key.value() instanceof BigDecimal number && number.scale() <= 0
				&& number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
			return new JsonPath.Step(null, number.intValueExact());
		}
		throw QueryException.unsupported(
				"Behind -> and ->> stands a key as a string, or the place of an element as a" + " whole number",
				key.position());
	}

	private Term collated(Syntax.Collate collate) {
		Term term = find(collate.operand());
		if (term == null) {
			throw QueryException.unsupported(
					"COLLATE \"C\" stands behind what is compared, (data ->> 'key') COLLATE \"C\" < 'value', not behind"
							+ " the value",
					collate.position());
		}
		boolean text = term.sort() == ValueType.TEXT || Set.of("bpchar", "name").contains(term.type().name());
		if (!text) {
			throw QueryException.unsupported(
					"COLLATE is for text, varchar, char and name; " + term.describe() + " is none", collate.position());
		}
		return new CollatedTerm(term);
	}

	/**
	 * Finds a column.
	 * @param name its name
	 * @return the column
	 */
	Column column(Syntax.Name name) {
		checkQualifier(name.parts().subList(0, name.parts().size() - 1));
		SqlToken last = name.last();
		Column column = this.table.rowType().table().column(last.value());
		if (column == null && isRowOrSystemColumn(name)) {
			throw QueryException.unsupported(
					"Whole rows and Postgres's system columns are not supported; compare the table's columns",
					last.position());
		}
		if (column == null) {
			throw QueryException.invalid("Table " + this.table.name() + " has no column " + last.describe()
					+ "; its columns are " + columns(), last.position());
		}
		return column;
	}

	/**
	 * The names of the first columns, as many as fit into a message.
	 */
	private String columns() {
		StringBuilder names = new StringBuilder();
		for (Column column : this.table.rowType().table().columns()) {
			if (names.length() + column.name().length() > MAX_NAMES) {
				return names.append(", …").toString();
			}
			names.append(names.isEmpty() ? "" : ", ").append(column.name());
		}
		return names.toString();
	}

	private boolean isRowOrSystemColumn(Syntax.Name name) {
		String table = this.query.alias().isEmpty() ? this.table.name().name() : this.query.alias().get(0).value();
		return SYSTEM_COLUMNS.contains(name.last().value())
				|| (name.parts().size() == 1 && name.last().value().equals(table));
	}

	void checkQualifier(List<SqlToken> qualifier) {
		List<String> parts = qualifier.stream().map(SqlToken::value).toList();
		boolean known = parts.isEmpty() || (this.query.alias().isEmpty() ? isTable(parts)
				: parts.equals(List.of(this.query.alias().get(0).value())));
		if (!known) {
			throw QueryException.invalid("The query does not read from " + qualifier.get(0).describe(),
					qualifier.get(0).position());
		}
	}

	private boolean isTable(List<String> qualifier) {
		String name = this.table.name().name();
		return qualifier.equals(List.of(name)) || qualifier.equals(List.of(this.table.name().schema(), name));
	}

}
