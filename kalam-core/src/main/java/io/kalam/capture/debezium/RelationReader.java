package io.kalam.capture.debezium;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.kalam.capture.debezium.Relation.RelationColumn;
import io.kalam.catalog.ColumnChoice;
import io.kalam.catalog.TableName;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Reads tables and rows out of what Debezium has decoded. A value is taken as the text
 * that Postgres sent: Debezium's own conversion loses some (arrays of more than one
 * dimension, infinities, zones) and prints others anew. Debezium gives the text away only
 * where it prints a column, after the column's name and type. Used by one thread.
 */
final class RelationReader {

	/**
	 * Of a table that nobody wants.
	 */
	private static final ColumnChoice NOTHING = new ColumnChoice.Only(Set.of());

	private final PostgresSchema schema;

	private final TypeRegistry types;

	private final Supplier<Map<TableName, RowType>> tables;

	private final Map<String, Known> known = new HashMap<>();

	/**
	 * A reader.
	 * @param schema the tables as the stream has described them
	 * @param types the types of the database
	 * @param tables the tables that are wanted, with the choice of their columns
	 */
	RelationReader(PostgresSchema schema, TypeRegistry types, Supplier<Map<TableName, RowType>> tables) {
		this.schema = schema;
		this.types = types;
		this.tables = tables;
	}

	/**
	 * The table that a change is of.
	 * @param message the change
	 * @return the table as the stream has described it last
	 */
	Relation relation(ReplicationMessage message) {
		Known known = this.known.get(message.getTable());
		TableId id = (known != null) ? known.id() : TableId.parse(message.getTable(), false);
		Table table = Objects.requireNonNull(this.schema.tableFor(id));
		Map<TableName, RowType> wanted = this.tables.get();
		if (known == null || known.table() != table || known.wanted() != wanted) {
			known = new Known(id, table, wanted, relation(table, wanted));
			this.known.put(message.getTable(), known);
		}
		return known.relation();
	}

	private Relation relation(Table table, Map<TableName, RowType> wanted) {
		TableName name = new TableName(table.id().schema(), table.id().table());
		RowType type = wanted.get(name);
		ColumnChoice choice = (type != null) ? type.choice() : NOTHING;
		List<Column> sent = table.columns();
		List<Column> shown = sent.stream().filter((column) -> choice.admits(column.name())).toList();
		return new Relation(name, shown.stream().map((column) -> column(table, column)).toList(),
				shown.stream().mapToInt(sent::indexOf).toArray(), sent.size(),
				List.copyOf(table.primaryKeyColumnNames()));
	}

	private RelationColumn column(Table table, Column column) {
		PostgresType type = this.types.get(table.id().schema(), column.typeName());
		String prefix = column.name() + "(" + column.typeExpression() + ")=";
		return new RelationColumn(column.name(), type, column.length(), column.scale().orElse(0), prefix);
	}

	/**
	 * Reads a row. The values of hidden columns are not looked at.
	 * @param relation its table
	 * @param columns the row as Debezium has decoded it
	 * @param old the row as it was before, which holds what is not sent because it was
	 * not changed; {@code null} if it was not sent
	 * @return the row's values
	 */
	Tuple tuple(Relation relation, List<ReplicationMessage.Column> columns, @Nullable Tuple old) {
		@Nullable String[] values = new @Nullable String[relation.columns().size()];
		boolean complete = columns.size() == relation.sent();
		for (int i = 0; i < values.length && complete; i++) {
			ReplicationMessage.Column column = columns.get(relation.place(i));
			if (!column.isToastedColumn()) {
				values[i] = text(relation.columns().get(i), column);
			}
			else if (old != null) {
				values[i] = old.get(i);
			}
			else {
				complete = false;
			}
		}
		return new Tuple(values, complete);
	}

	private static @Nullable String text(RelationColumn description, ReplicationMessage.Column column) {
		String printed = column.toString();
		if (printed.startsWith(description.prefix())) {
			return printed.substring(description.prefix().length());
		}
		if (column.getValue(null, false) == null) {
			return null;
		}
		throw new IllegalStateException("Use the version of Debezium that Kalam was built with");
	}

	private record Known(TableId id, Table table, Map<TableName, RowType> wanted, Relation relation) {

	}

}
