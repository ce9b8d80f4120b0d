package io.kalam.query;

import io.kalam.catalog.Collation;
import io.kalam.catalog.ColumnType;
import io.kalam.change.Row;
import io.kalam.codec.Codec;
import io.kalam.codec.JsonPath;
import org.jspecify.annotations.Nullable;

/**
 * What a path leads to in a column of JSON.
 */
final class JsonTerm implements Term {

	private static final Codec<Object> TEXTS = Types.codec(Types.TEXT, Types.DEFAULT_COLLATION);

	private final Term term;

	private final JsonPath path;

	private final boolean asText;

	/**
	 * A path.
	 * @param term the JSON
	 * @param path the keys and indexes
	 * @param asText whether the result is text: {@code ->>} at the end
	 */
	JsonTerm(Term term, JsonPath path, boolean asText) {
		this.term = term;
		this.path = path;
		this.asText = asText;
	}

	/**
	 * Goes on.
	 * @param key a key or an index
	 * @param text whether the result is text
	 * @return the longer path
	 */
	JsonTerm then(JsonPath.Step key, boolean text) {
		return new JsonTerm(this.term, this.path.then(key), text);
	}

	@Override
	public String describe() {
		return "What the path leads to in " + Character.toLowerCase(this.term.describe().charAt(0))
				+ this.term.describe().substring(1);
	}

	@Override
	public ColumnType type() {
		return this.asText ? Types.TEXT : this.term.type();
	}

	@Override
	public @Nullable Collation collation() {
		return this.asText ? Types.DEFAULT_COLLATION : null;
	}

	@Override
	public Codec<Object> codec() {
		return this.asText ? TEXTS : this.term.codec();
	}

	@Override
	public @Nullable Object value(Row row) {
		Object json = this.term.value(row);
		return (json != null) ? this.path.find((String) json, this.asText) : null;
	}

	@Override
	public void write(SqlWriter out) {
		out.text("(").term(this.term);
		for (int i = 0; i < this.path.steps().size(); i++) {
			boolean last = i == this.path.steps().size() - 1;
			out.text((this.asText && last) ? " ->> " : " -> ").step(this.path.steps().get(i));
		}
		out.text(")");
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof JsonTerm json && this.term.equals(json.term) && this.path.equals(json.path)
				&& this.asText == json.asText;
	}

	@Override
	public int hashCode() {
		return this.path.hashCode();
	}

}
