package io.kalam.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random changes of a table that always has columns {@code id}, {@code owner} and
 * {@code n}, and whose other columns never have the same name twice.
 */
final class SchemaChanges {

	private static final List<String> DEFAULTS = List.of("int4 NOT NULL DEFAULT 7", "int8 NOT NULL DEFAULT 8",
			"text NOT NULL DEFAULT 'nine'");

	private final Random random;

	private final List<String> extra = new ArrayList<>();

	private boolean wide;

	private int names;

	SchemaChanges(Random random) {
		this.random = random;
	}

	/**
	 * The columns that there are sometimes.
	 */
	List<String> extra() {
		return this.extra;
	}

	String create() {
		this.extra.clear();
		this.wide = false;
		String column = name();
		this.extra.add(column);
		return "CREATE TABLE shifts (id int8 PRIMARY KEY, " + column + " " + type()
				+ ", n int4 NOT NULL, owner text COLLATE \"C\" NOT NULL); "
				+ "INSERT INTO shifts (id, n, owner) SELECT g, g % 9, (ARRAY['ann', 'bob', 'cyd'])[1 + g % 3] "
				+ "FROM generate_series(1, 30) g";
	}

	/**
	 * The next change.
	 */
	String next() {
		int choice = this.random.nextInt(this.extra.isEmpty() ? 4 : 10);
		if (choice == 0) {
			return "BEGIN; DROP TABLE shifts; " + create() + "; COMMIT";
		}
		if (choice == 1) {
			this.wide = !this.wide;
			return "ALTER TABLE shifts ALTER COLUMN n TYPE " + (this.wide ? "int8" : "int4");
		}
		if (choice < 4) {
			this.extra.add(name());
			return "ALTER TABLE shifts ADD COLUMN " + this.extra.get(this.extra.size() - 1) + " " + type();
		}
		int place = this.random.nextInt(this.extra.size());
		if (choice < 6) {
			return "ALTER TABLE shifts DROP COLUMN " + this.extra.remove(place);
		}
		if (choice < 8) {
			String before = this.extra.get(place);
			this.extra.set(place, name());
			return "ALTER TABLE shifts RENAME COLUMN " + before + " TO " + this.extra.get(place);
		}
		return "ALTER TABLE shifts ALTER COLUMN " + this.extra.get(place) + " TYPE varchar(" + (20 + this.names++)
				+ ")";
	}

	private String name() {
		return "x" + this.names++;
	}

	private String type() {
		return DEFAULTS.get(this.random.nextInt(DEFAULTS.size()));
	}

}
