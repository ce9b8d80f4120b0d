package io.kalam.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.ColumnType.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Reads {@code pg_type}, with everything that a type is made of.
 */
final class TypeReader {

	private static final String TYPES = """
			WITH RECURSIVE closure AS (
				SELECT oid FROM unnest(?::oid[]) AS oid
				UNION
				SELECT part.oid FROM closure JOIN pg_type t ON t.oid = closure.oid,
					unnest(ARRAY[t.typbasetype, t.typelem]) AS part (oid)
				WHERE part.oid <> 0)
			SELECT t.oid::int8, t.typname, n.nspname, t.typtype, t.typbasetype::int8, t.typtypmod,
				coalesce(e.oid::int8, 0) AS element, t.typdelim = ',' AS commas,
				ARRAY(SELECT l.enumlabel::text FROM pg_enum l WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder) AS labels
			FROM closure JOIN pg_type t ON t.oid = closure.oid JOIN pg_namespace n ON n.oid = t.typnamespace
				LEFT JOIN pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
			""";

	private final Connection connection;

	TypeReader(Connection connection) {
		this.connection = connection;
	}

	Types read(Collection<Long> oids) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(TYPES)) {
			statement.setArray(1, RelationReader.oids(this.connection, oids.toArray(Long[]::new)));
			Map<Long, Found> found = new HashMap<>();
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					found.put(row.getLong("oid"), found(row));
				}
			}
			return new Types(found);
		}
	}

	private static Found found(ResultSet row) throws SQLException {
		long element = row.getLong("element");
		Kind kind = (element == 0) ? kind(row.getString("typtype"))
				: row.getBoolean("commas") ? Kind.ARRAY : Kind.OTHER;
		long base = (kind == Kind.ARRAY) ? element : row.getLong("typbasetype");
		List<String> labels = List.of((String[]) row.getArray("labels").getArray());
		return new Found(row.getString("typname"), row.getString("nspname"), kind, base, row.getInt("typtypmod"),
				labels);
	}

	private static Kind kind(String typtype) {
		return switch (typtype) {
			case "b" -> Kind.BASE;
			case "c" -> Kind.COMPOSITE;
			case "d" -> Kind.DOMAIN;
			case "e" -> Kind.ENUM;
			case "r" -> Kind.RANGE;
			case "m" -> Kind.MULTIRANGE;
			default -> Kind.OTHER;
		};
	}

	/**
	 * A row of {@code pg_type}.
	 */
	private record Found(String name, String schema, Kind kind, long base, int baseModifier, List<String> labels) {

	}

	/**
	 * The types that were read.
	 */
	static final class Types {

		private final Map<Long, Found> found;

		private Types(Map<Long, Found> found) {
			this.found = found;
		}

		ColumnType type(long oid, int modifier) {
			Found type = this.found.get(oid);
			Assert.state(type != null, () -> "No type " + oid);
			return new ColumnType((int) oid, type.name, type.schema, type.kind, modifier, base(type, modifier),
					type.labels);
		}

		private @Nullable ColumnType base(Found type, int modifier) {
			return switch (type.kind) {
				case ARRAY -> type(type.base, modifier);
				case DOMAIN -> type(type.base, type.baseModifier);
				default -> null;
			};
		}

	}

}
