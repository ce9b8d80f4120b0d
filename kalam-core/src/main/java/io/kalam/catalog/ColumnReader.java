package io.kalam.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.kalam.catalog.Relation.UnpublishedColumn;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code pg_attribute} and the collations.
 */
final class ColumnReader {

	/**
	 * The database's default collation stands in {@code pg_database}.
	 */
	private static final String COLUMNS = """
			SELECT a.attrelid::int8, a.attname, a.atttypid::int8, a.atttypmod, a.attnotnull, a.attgenerated,
				a.attnum || '/' || a.xmin AS version,
				current_setting('server_version_num')::int >= 180000 AS publishes_generated,
				CASE WHEN co.collprovider = 'd' THEN d.datlocprovider ELSE co.collprovider END AS provider,
				CASE WHEN co.collprovider = 'd' THEN d.datcollate ELSE co.collcollate END AS libc_locale,
				CASE WHEN co.collprovider = 'd' THEN d.datctype ELSE co.collctype END AS libc_case,
				CASE WHEN co.collprovider = 'd'
					THEN coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') END AS default_locale,
				to_jsonb(co) ->> 'colllocale' AS own_locale, d.datlocprovider, d.datctype,
				to_jsonb(d) ->> 'datlocale' AS database_locale, co.collname, co.collisdeterministic
			FROM pg_attribute a LEFT JOIN pg_collation co ON co.oid = a.attcollation
				JOIN pg_database d ON d.datname = current_database()
			WHERE a.attrelid = ANY (?::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
			ORDER BY a.attrelid, a.attnum
			""";

	private static final Set<String> ASCII_LOCALES = Set.of("C", "POSIX");

	private static final Set<String> BINARY_LOCALES = Set.of("C", "POSIX", "C.UTF-8", "C.utf8");

	private static final String CITEXT = "citext";

	private final Connection connection;

	ColumnReader(Connection connection) {
		this.connection = connection;
	}

	Map<Long, Columns> read(Long[] relations) throws SQLException {
		Map<Long, List<Found>> found = find(relations);
		Set<Long> types = new LinkedHashSet<>();
		found.values().forEach((columns) -> columns.forEach((column) -> types.add(column.type)));
		TypeReader.Types known = new TypeReader(this.connection).read(types);
		Map<Long, Columns> columns = new LinkedHashMap<>();
		for (Map.Entry<Long, List<Found>> entry : found.entrySet()) {
			columns.put(entry.getKey(), columns(entry.getValue(), known));
		}
		return columns;
	}

	private static Columns columns(List<Found> found, TypeReader.Types types) {
		List<Column> published = new ArrayList<>();
		List<Found> unpublished = new ArrayList<>();
		for (Found column : found) {
			if (column.published) {
				ColumnType type = types.type(column.type, column.modifier);
				published.add(new Column(column.name, published.size(), type, column.nullable, column.generated(),
						column.collation(type)));
			}
			else {
				unpublished.add(column);
			}
		}
		boolean generated = found.stream().anyMatch(Found::stored);
		String versions = found.stream().map(Found::version).collect(Collectors.joining(","));
		return new Columns(published, unpublished, generated, versions);
	}

	private Map<Long, List<Found>> find(Long[] relations) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(COLUMNS)) {
			statement.setArray(1, RelationReader.oids(this.connection, relations));
			Map<Long, List<Found>> found = new LinkedHashMap<>();
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					found.computeIfAbsent(row.getLong("attrelid"), (relation) -> new ArrayList<>()).add(found(row));
				}
			}
			return found;
		}
	}

	private static Found found(ResultSet row) throws SQLException {
		String generation = row.getString("attgenerated");
		boolean published = generation.isEmpty() || (generation.equals("s") && row.getBoolean("publishes_generated"));
		return new Found(row.getString("attname"), row.getLong("atttypid"), row.getInt("atttypmod"),
				!row.getBoolean("attnotnull"), generation, published, collation(row),
				asciiCase(row.getString("datlocprovider"), row.getString("datctype"), row.getString("database_locale")),
				row.getString("version"));
	}

	private static @Nullable Collation collation(ResultSet row) throws SQLException {
		String name = row.getString("collname");
		if (name == null) {
			return null;
		}
		String locale = row.getString("libc_locale");
		boolean binary = switch (row.getString("provider")) {
			case "b" -> true;
			case "c" -> BINARY_LOCALES.contains(locale);
			default -> false;
		};
		String resolved = row.getString("default_locale");
		String builtIn = (resolved != null) ? resolved : row.getString("own_locale");
		boolean asciiCase = asciiCase(row.getString("provider"), row.getString("libc_case"), builtIn);
		if (name.equals("default")) {
			name = (resolved != null) ? resolved : locale;
		}
		return new Collation(name, row.getBoolean("collisdeterministic"), binary, asciiCase);
	}

	/**
	 * Whether only the letters A to Z have a case.
	 */
	private static boolean asciiCase(String provider, String libcCase, @Nullable String builtIn) {
		return switch (provider) {
			case "b" -> "C".equals(builtIn);
			case "c" -> ASCII_LOCALES.contains(libcCase);
			default -> false;
		};
	}

	/**
	 * A row of {@code pg_attribute}.
	 */
	private record Found(String name, long type, int modifier, boolean nullable, String generation, boolean published,
			@Nullable Collation collation, boolean databaseAsciiCase, String version) {

		/**
		 * The collation of the column. The case of {@code citext} is mapped by the
		 * database's, whatever its own.
		 */
		@Nullable Collation collation(ColumnType type) {
			Collation own = this.collation;
			return (own != null && type.underlying().name().equals(CITEXT)) ? new Collation(own.name(),
					own.deterministic(), own.binary(), own.asciiCase() && this.databaseAsciiCase) : own;
		}

		boolean generated() {
			return !this.generation.isEmpty();
		}

		boolean stored() {
			return this.generation.equals("s");
		}

	}

	/**
	 * The columns of a relation.
	 */
	record Columns(List<Column> published, List<Found> hidden, boolean generated, String versions) {

		static final Columns NONE = new Columns(List.of(), List.of(), false, "");

		List<UnpublishedColumn> unpublished(List<String> key) {
			return this.hidden.stream()
				.map((column) -> new UnpublishedColumn(column.name, !column.stored(), key.contains(column.name)))
				.toList();
		}

	}

}
