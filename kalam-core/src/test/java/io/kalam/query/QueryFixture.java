package io.kalam.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.partition.LiveTable;
import io.kalam.testing.TestTypes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A table {@code app.tickets} with a column of every sort, and a parser that finds it.
 */
final class QueryFixture {

	static final LiveTable TICKETS = TestTypes.liveTable(new Codecs().rowType(table()));

	private static final LiveQueryParser PARSER = new LiveQueryParser(QueryLimits.DEFAULT);

	private QueryFixture() {
	}

	private static Table table() {
		List<Column> columns = new ArrayList<>();
		add(columns, "id", TestTypes.type("int8"), null);
		add(columns, "title", TestTypes.type("text"), TestTypes.LINGUISTIC);
		add(columns, "code", TestTypes.type("text"), TestTypes.BINARY);
		add(columns, "nick", TestTypes.type("text"), TestTypes.NONDETERMINISTIC);
		add(columns, "done", TestTypes.type("bool"), null);
		add(columns, "priority", TestTypes.type("int2"), null);
		add(columns, "size", TestTypes.type("int4"), null);
		add(columns, "ratio", TestTypes.type("float4"), null);
		add(columns, "score", TestTypes.type("float8"), null);
		add(columns, "price", TestTypes.type("numeric"), null);
		add(columns, "created", TestTypes.type("timestamptz"), null);
		add(columns, "due", TestTypes.type("date"), null);
		add(columns, "data", TestTypes.type("jsonb"), null);
		add(columns, "status", TestTypes.enumType("app", "status", "open", "closed"), null);
		add(columns, "tags", TestTypes.type("text[]"), TestTypes.LINGUISTIC);
		add(columns, "ref", TestTypes.type("uuid"), null);
		add(columns, "Weird \"Name\"", TestTypes.domain("d", TestTypes.type("int4")), null);
		add(columns, "order", TestTypes.type("int4"), null);
		add(columns, "größe", TestTypes.type("int4"), null);
		add(columns, "unknown", TestTypes.type("bool"), null);
		return new Table(new TableName("app", "tickets"), columns, columns.subList(0, 1));
	}

	private static void add(List<Column> columns, String name, ColumnType type, Collation collation) {
		columns.add(new Column(name, columns.size(), type, true, false, collation));
	}

	static RowType rowType() {
		return TICKETS.rowType();
	}

	static LiveQuery parse(String sql, Object... parameters) {
		return PARSER.parse(sql, Arrays.asList(parameters), "alice", QueryFixture::find);
	}

	static RowPredicate where(String condition, Object... parameters) {
		return parse("SELECT * FROM tickets WHERE " + condition, parameters).predicate();
	}

	static LiveTable find(String schema, String name) {
		return ((schema == null || schema.equals("app")) && name.equals("tickets")) ? TICKETS : null;
	}

	static QueryException assertRefused(String sql, QueryException.Code code, String message, Object... parameters) {
		QueryException[] refusal = new QueryException[1];
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> parse(sql, parameters))
			.withMessageContaining(message)
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(code);
				refusal[0] = ex;
			});
		return refusal[0];
	}

}
