package io.kalam.codec;

import java.io.StringWriter;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;

import org.springframework.util.ClassUtils;

/**
 * A type of the application's own. Its JSON is made once, when the text is read, so that
 * a value that can't be told is refused before anybody is told of it, and history can be
 * read without the application's codec.
 */
final class OwnTypeCodec implements Codec<OwnValue> {

	private static final JsonFactory JSON = new JsonFactory();

	private final String type;

	private final String form;

	private final @Nullable RealtimeTypeCodec codec;

	/**
	 * A codec.
	 * @param type the name of the type
	 * @param codec the application's codec
	 */
	OwnTypeCodec(String type, RealtimeTypeCodec codec) {
		this(type, form(codec), codec);
	}

	private OwnTypeCodec(String type, String form, @Nullable RealtimeTypeCodec codec) {
		this.type = type;
		this.form = form;
		this.codec = codec;
	}

	/**
	 * A codec of values that were read earlier, by a codec that may be gone.
	 * @param type the name of the type
	 * @param form the form that the values have
	 */
	static OwnTypeCodec stored(String type, String form) {
		return new OwnTypeCodec(type, form, null);
	}

	private static String form(RealtimeTypeCodec codec) {
		return ClassUtils.getUserClass(codec).getName() + ' ' + codec.version();
	}

	@Override
	public Class<OwnValue> type() {
		return OwnValue.class;
	}

	@Override
	public String form() {
		return this.form;
	}

	@Override
	public OwnValue parse(String text) {
		if (this.codec == null) {
			throw new RefusedValueException(this.type, "the codec " + this.form + " is not there any more");
		}
		return new OwnValue(text, json(text, this.codec));
	}

	private String json(String text, RealtimeTypeCodec codec) {
		StringWriter json = new StringWriter();
		boolean whole;
		try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), json)) {
			codec.write(text, out);
			TokenStreamContext context = out.streamWriteContext();
			whole = context.inRoot() && context.getEntryCount() == 1;
		}
		catch (RuntimeException | LinkageError | StackOverflowError ex) {
			throw refuse(codec, "has thrown " + ex.getClass().getName() + place(ex));
		}
		if (!whole || json.toString().equals("null") || !StringCodec.isStorable(json.toString())) {
			throw refuse(codec, "has not written exactly one JSON value other than null");
		}
		return json.toString();
	}

	private static String place(Throwable thrown) {
		StackTraceElement[] trace = thrown.getStackTrace();
		return (trace.length > 0) ? " at " + trace[0] : "";
	}

	private RefusedValueException refuse(RealtimeTypeCodec codec, String what) {
		return new RefusedValueException(this.type,
				"the codec " + ClassUtils.getUserClass(codec).getName() + " of type " + this.type + ' ' + what);
	}

	@Override
	public String print(OwnValue value) {
		return value.text();
	}

	@Override
	public void write(OwnValue value, JsonGenerator out) {
		out.writeRawValue(value.json());
	}

	@Override
	public String typeScriptType() {
		return (this.codec != null) ? this.codec.typeScriptType() : "unknown";
	}

	@Override
	public boolean ordered() {
		return false;
	}

	@Override
	public boolean comparable() {
		return this.codec != null && this.codec.comparesAsText();
	}

	@Override
	public boolean identifying() {
		return false;
	}

	@Override
	public int compare(OwnValue left, OwnValue right) {
		return left.text().equals(right.text()) ? 0 : 1;
	}

	@Override
	public int sizeOf(OwnValue value) {
		return 112 + 2 * (value.text().length() + value.json().length());
	}

}
