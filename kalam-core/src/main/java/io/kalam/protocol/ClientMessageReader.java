package io.kalam.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the messages of clients: strict about what the protocol names, blind for what it
 * does not. May be used by any thread.
 */
public final class ClientMessageReader {

	private static final int MAX_NESTING = 64;

	private static final int MAX_NUMBER = 1_000;

	private static final int MAX_ID_LENGTH = 128;

	private final JsonMapper json;

	/**
	 * A reader of messages up to a size.
	 * @param maxSize the most bytes that a message may have
	 */
	public ClientMessageReader(int maxSize) {
		StreamReadConstraints constraints = StreamReadConstraints.builder()
			.maxDocumentLength(maxSize)
			.maxStringLength(maxSize)
			.maxNameLength(maxSize)
			.maxNestingDepth(MAX_NESTING)
			.maxNumberLength(MAX_NUMBER)
			.build();
		this.json = JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.build();
	}

	/**
	 * Reads a message.
	 * @param message the bytes of a text message
	 * @return what it says
	 * @throws MalformedMessageException if it is no JSON object in UTF-8
	 * @throws ProtocolException if it is one that the protocol does not know
	 */
	public ClientMessage read(byte[] message) {
		JsonFields fields = new JsonFields(parse(decode(message)), null);
		String type = fields.requiredText("type");
		return switch (type) {
			case "authenticate" -> authenticate(fields);
			case "subscribe" -> new ClientMessage.Subscribe(SubscriptionReader.read(fields));
			case "next_batch" -> new ClientMessage.NextBatch(fields.requiredText("subscription_id"));
			case "unsubscribe" -> new ClientMessage.Unsubscribe(fields.requiredText("subscription_id"));
			case "publish" -> publish(fields);
			case "release" -> new ClientMessage.Release(fields.requiredText("id"));
			case "ping" -> new ClientMessage.Ping();
			default -> throw new ProtocolException("This 'type' of message is not known. Known are authenticate, "
					+ "subscribe, next_batch, unsubscribe, publish, release and ping.", null);
		};
	}

	private static ClientMessage publish(JsonFields fields) {
		String id = fields.text("id");
		if (id != null && id.length() > MAX_ID_LENGTH) {
			throw fields.wrong("id", "at most " + MAX_ID_LENGTH + " characters");
		}
		JsonFields row = fields.object("row");
		if (row == null) {
			throw fields.wrong("row", "an object");
		}
		ClientMessage.Fate fate = fate(fields);
		if (fate == ClientMessage.Fate.HELD && id == null) {
			throw fields.wrong("id", "a text by which the event can be released");
		}
		return new ClientMessage.Publish(id, fields.requiredText("table"), row.object(), fate);
	}

	private static ClientMessage.Fate fate(JsonFields fields) {
		boolean hold = Boolean.TRUE.equals(fields.flag("hold"));
		if (Boolean.TRUE.equals(fields.flag("remove"))) {
			if (hold) {
				throw fields.wrong("hold", "false where 'remove' is true");
			}
			return ClientMessage.Fate.REMOVED;
		}
		return hold ? ClientMessage.Fate.HELD : ClientMessage.Fate.TOLD;
	}

	private static ClientMessage authenticate(JsonFields fields) {
		String method = fields.text("method");
		String token = fields.text("token");
		JsonFields protocol = fields.object("protocol");
		return new ClientMessage.Authenticate("jwt".equals(method) ? token : null, transactions(protocol));
	}

	private static @Nullable Boolean transactions(@Nullable JsonFields protocol) {
		return (protocol != null) ? protocol.flag("transactions") : null;
	}

	private static String decode(byte[] message) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new MalformedMessageException("A message must be UTF-8.");
		}
	}

	private JsonNode parse(String message) {
		JsonNode node = tree(message);
		if (!node.isObject()) {
			throw new MalformedMessageException("A message must be one JSON object.");
		}
		return node;
	}

	private JsonNode tree(String message) {
		try {
			return this.json.readTree(message);
		}
		catch (JacksonException | NumberFormatException ex) {
			throw new MalformedMessageException(
					"A message must be one JSON object, nested at most %d deep.".formatted(MAX_NESTING));
		}
	}

}
