package io.kalam.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.ColumnType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * The types of which the application says itself how they look.
 */
final class OwnTypes {

	private final Map<String, RealtimeTypeCodec> codecs;

	private OwnTypes(Map<String, RealtimeTypeCodec> codecs) {
		this.codecs = codecs;
	}

	static OwnTypes of(List<? extends RealtimeTypeCodec> codecs) {
		Map<String, RealtimeTypeCodec> byType = new HashMap<>();
		for (RealtimeTypeCodec codec : codecs) {
			if (codec.types().isEmpty()) {
				throw new InvalidTypeCodecException("The codec " + name(codec) + " names no type.",
						"Name one in types(), with its schema: Set.of(\"public.geometry\").");
			}
			checkTypeScript(codec);
			for (String type : codec.types()) {
				check(codec, type);
				RealtimeTypeCodec other = byType.put(type, codec);
				if (other != null) {
					throw new InvalidTypeCodecException(
							"Two codecs read type " + type + ": " + name(other) + " and " + name(codec) + ".",
							"Keep one of them, or have each name types of its own.");
				}
			}
		}
		return new OwnTypes(byType);
	}

	private static void check(RealtimeTypeCodec codec, String type) {
		int dot = type.indexOf('.');
		if (dot <= 0 || dot == type.length() - 1) {
			throw new InvalidTypeCodecException("The codec " + name(codec) + " names the type \"" + type + "\".",
					"Name the type with its schema, as pg_namespace and pg_type spell them: \"public.geometry\".");
		}
		if (Codecs.isBuiltIn(type.substring(0, dot), type.substring(dot + 1))) {
			throw new InvalidTypeCodecException(
					"The codec " + name(codec) + " names the type " + type
							+ ", whose form is a part of the protocol and can't be replaced.",
					"Make a domain over the type, CREATE DOMAIN ..., give it to the columns that are to look otherwise, "
							+ "and name the domain.");
		}
	}

	private static void checkTypeScript(RealtimeTypeCodec codec) {
		String type = codec.typeScriptType();
		if (type.isBlank() || type.lines().count() > 1) {
			throw new InvalidTypeCodecException("The codec " + name(codec) + " gives no TypeScript type.",
					"Return a type on one line from typeScriptType(), such as \"string\", or leave the method away.");
		}
	}

	private static String name(RealtimeTypeCodec codec) {
		return (codec instanceof PrintedTypeCodec) ? codec.toString() : ClassUtils.getUserClass(codec).getName();
	}

	@Nullable RealtimeTypeCodec find(ColumnType type) {
		return this.codecs.isEmpty() ? null : this.codecs.get(type.schema() + '.' + type.name());
	}

}
