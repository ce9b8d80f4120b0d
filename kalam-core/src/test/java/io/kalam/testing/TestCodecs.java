package io.kalam.testing;

import java.util.Set;
import java.util.function.BiConsumer;

import io.kalam.codec.RealtimeTypeCodec;
import tools.jackson.core.JsonGenerator;

/**
 * Codecs of an application.
 */
public final class TestCodecs {

	private TestCodecs() {
	}

	/**
	 * Values that can't be compared.
	 */
	public static RealtimeTypeCodec of(String type, BiConsumer<String, JsonGenerator> form) {
		return new TestCodec(type, form, false, 1, "unknown");
	}

	/**
	 * Values that are equal if they are printed alike.
	 */
	public static RealtimeTypeCodec comparable(String type, BiConsumer<String, JsonGenerator> form) {
		return new TestCodec(type, form, true, 1, "unknown");
	}

	/**
	 * Another version of a form.
	 */
	public static RealtimeTypeCodec version(int version, String type, BiConsumer<String, JsonGenerator> form) {
		return new TestCodec(type, form, false, version, "unknown");
	}

	/**
	 * Values of which a front end is told this type.
	 */
	public static RealtimeTypeCodec typed(String typeScriptType, String type, BiConsumer<String, JsonGenerator> form) {
		return new TestCodec(type, form, false, 1, typeScriptType);
	}

	private record TestCodec(String type, BiConsumer<String, JsonGenerator> form, boolean comparesAsText, int version,
			String typeScriptType) implements RealtimeTypeCodec {

		@Override
		public Set<String> types() {
			return Set.of(this.type);
		}

		@Override
		public void write(String text, JsonGenerator out) {
			this.form.accept(text, out);
		}

	}

}
