package io.kalam.codec;

import java.util.Set;
import java.util.TreeSet;

import tools.jackson.core.JsonGenerator;

/**
 * Writes values as strings, as Postgres prints them.
 *
 * @param types the names of the types
 */
record PrintedTypeCodec(Set<String> types) implements RealtimeTypeCodec {

	@Override
	public void write(String text, JsonGenerator out) {
		out.writeString(text);
	}

	@Override
	public String typeScriptType() {
		return "string";
	}

	@Override
	public String toString() {
		return "RealtimeTypeCodec.text(\"" + String.join("\", \"", new TreeSet<>(this.types)) + "\")";
	}

}
