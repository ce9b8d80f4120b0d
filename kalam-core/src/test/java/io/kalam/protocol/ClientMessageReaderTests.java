package io.kalam.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.kalam.query.Delivery;
import io.kalam.subscription.SubscribeRequest;
import io.kalam.testing.GoldenFrames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClientMessageReaderTests {

	private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.e30.c2ln";

	private static final String ALL = "SELECT * FROM tickets";

	private static final Map<String, ClientMessage> READ = expected();

	private final ClientMessageReader reader = new ClientMessageReader(64 * 1024);

	static Stream<String> names() {
		return READ.keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("names")
	void readsGoldenFrame(String name) {
		assertThat(read(GoldenFrames.read(name))).isEqualTo(READ.get(name));
	}

	@Test
	void everyGoldenFrameIsRead() {
		assertThat(GoldenFrames.names("client-")).containsExactlyInAnyOrderElementsOf(READ.keySet());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "nonsense", "[]", "1", "null", "\"ping\"", "{\"type\":\"ping\"}{}",
			"{\"type\":\"ping\"} x", "{'type':'ping'}", "{\"type\":\"ping\",}", "{\"type\":NaN}" })
	void whatIsNoJsonObjectIsMalformed(String message) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> read(message));
	}

	@Test
	void parametersKeepTheirDigits() {
		String frame = """
				{"type":"subscribe","subscription":{"id":"s","sql":"x","options":{
				"params":[0.1,12345678901234567890.123,1.50,[0.30,12345678901234567890]]}}}""";
		assertThat(read(frame)).isInstanceOfSatisfying(ClientMessage.Subscribe.class,
				(subscribe) -> assertThat(subscribe.request().params()).containsExactly(new BigDecimal("0.1"),
						new BigDecimal("12345678901234567890.123"), new BigDecimal("1.50"),
						List.of(new BigDecimal("0.30"), new BigInteger("12345678901234567890"))));
	}

	@Test
	void whatIsNotUtf8IsMalformed() {
		byte[] latin = "{\"type\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1);
		byte[] wide = "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_16LE);
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.reader.read(latin));
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.reader.read(wide));
	}

	@Test
	void deepNestingIsMalformed() {
		String deep = "{\"type\":\"ping\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> read(deep));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"type\":null}", "{\"type\":1}", "{\"type\":\"publish\"}", "{\"type\":\"Ping\"}",
			"{\"type\":\"unsubscribe\"}", "{\"type\":\"unsubscribe\",\"subscription_id\":1}",
			"{\"type\":\"subscribe\"}", "{\"type\":\"subscribe\",\"subscription\":[]}",
			"{\"type\":\"subscribe\",\"subscription\":{\"sql\":\"SELECT 1\"}}",
			"{\"type\":\"subscribe\",\"subscription\":{\"id\":7,\"sql\":\"SELECT 1\"}}",
			"{\"type\":\"authenticate\",\"method\":\"jwt\",\"token\":1}",
			"{\"type\":\"authenticate\",\"method\":\"jwt\",\"token\":\"t\",\"protocol\":\"json\"}",
			"{\"type\":\"authenticate\",\"method\":\"jwt\",\"token\":\"t\",\"protocol\":{\"transactions\":1}}" })
	void whatTheProtocolDoesNotKnowIsRefused(String message) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(message))
			.isNotInstanceOf(MalformedMessageException.class)
			.satisfies((ex) -> assertThat(ex.subscriptionId()).isNull());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
			"batch_size":0 | 'batch_size' must be a whole number from 1 to 1000.
			"batch_size":1001 | 'batch_size' must be a whole number from 1 to 1000.
			"batch_size":1.5 | 'batch_size' must be a whole number from 1 to 1000.
			"batch_size":"10" | 'batch_size' must be a whole number from 1 to 1000.
			"batch_size":99999999999999999999 | 'batch_size' must be a whole number from 1 to 1000.
			"last_rows":0 | 'last_rows' must be a whole number from 1 to 2147483647.
			"fetch_last":-1 | 'fetch_last' must be a whole number from 1 to 2147483647.
			"last_rows":1,"fetch_last":1 | Give either 'last_rows' or 'fetch_last', not both.
			"from":1.5 | 'from' must be a string.
			"from":true | 'from' must be a string.
			"from":"" | 'from' must be a sequence as the server has sent it, in decimal digits.
			"from":"12x" | 'from' must be a sequence as the server has sent it, in decimal digits.
			"from":-1 | 'from' must be a sequence as the server has sent it, in decimal digits.
			"from":"9999999999999999999" | 'from' must be a sequence as the server has sent it, in decimal digits.
			"from":"1","since_seq":"1" | Give either 'from' or 'since_seq', not both.
			"epoch":1 | 'epoch' must be a string.
			"flow":"pool" | 'flow' must be push or pull.
			"deliver":"last" | 'deliver' must be all or latest.
			"deliver":1 | 'deliver' must be a string.
			"on_expired":"snap" | 'on_expired' must be error or snapshot.
			"params":{} | 'params' must be an array.
			"params":[{}] | 'params' must be made of strings, numbers, true, false, null and arrays of those.
			"params":[1e999999999] | 'params' must be made of numbers that Postgres could store.
			""")
	void wrongOptionIsRefusedForItsSubscription(String option, String message) {
		String json = "{\"type\":\"subscribe\",\"subscription\":{\"id\":\"s\",\"sql\":\"SELECT 1\",\"options\":{%s}}}";
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(json.formatted(option)))
			.withMessage(message)
			.satisfies((ex) -> assertThat(ex.subscriptionId()).isEqualTo("s"));
	}

	@Test
	void unknownFieldsAreIgnoredAndNullIsAbsent() {
		assertThat(read("{\"type\":\"ping\",\"new\":{\"deep\":[1]}}")).isEqualTo(new ClientMessage.Ping());
		assertThat(read("{\"type\":\"subscribe\",\"subscription\":{\"id\":\"s\",\"sql\":\"%s\",\"options\":null}}"
			.formatted(ALL))).isEqualTo(subscribe("s", ALL, List.of(), false, 1000, 0, null));
	}

	@Test
	void anotherMethodHasNoToken() {
		assertThat(read("{\"type\":\"authenticate\",\"method\":\"basic\",\"token\":\"t\"}"))
			.isEqualTo(new ClientMessage.Authenticate(null, null));
	}

	@Test
	void tokenIsNotPrinted() {
		assertThat(new ClientMessage.Authenticate(TOKEN, true)).asString().doesNotContain(TOKEN);
	}

	private ClientMessage read(String message) {
		return this.reader.read(message.getBytes(StandardCharsets.UTF_8));
	}

	private static ClientMessage subscribe(String id, String sql, List<Object> params, boolean snapshot, int batchSize,
			int lastRows, String from) {
		return new ClientMessage.Subscribe(
				new SubscribeRequest(id, sql, params, snapshot, batchSize, lastRows, from, null, false, false));
	}

	private static Map<String, ClientMessage> expected() {
		Map<String, ClientMessage> messages = new HashMap<>();
		messages.put("client-authenticate", new ClientMessage.Authenticate(TOKEN, true));
		messages.put("client-authenticate-plain", new ClientMessage.Authenticate(TOKEN, null));
		messages.put("client-subscribe", subscribe("tickets",
				"SELECT id, title, status FROM app.tickets WHERE status <> 'closed'", List.of(), true, 500, 200, null));
		messages.put("client-subscribe-live-only", subscribe("tickets", ALL, List.of(), false, 1000, 0, null));
		messages.put("client-subscribe-defaults", subscribe("tickets", ALL, List.of(), true, 1000, 0, null));
		messages.put("client-subscribe-resume", new ClientMessage.Subscribe(new SubscribeRequest("tickets", ALL,
				List.of(), true, 1000, 0, "7262216745594062849", "k3vXq-9", true, false)));
		messages.put("client-subscribe-resume-number",
				subscribe("tickets", ALL, List.of(), true, 1000, 10, "7262216745594062849"));
		messages.put("client-subscribe-pull", new ClientMessage.Subscribe(
				new SubscribeRequest("tickets", ALL, List.of(), true, 100, 0, null, null, false, true)));
		messages.put("client-subscribe-latest", new ClientMessage.Subscribe(new SubscribeRequest("tickets", ALL,
				List.of(), true, 1000, 0, null, null, false, false, Delivery.LATEST)));
		messages.put("client-subscribe-params",
				subscribe("tickets",
						"SELECT * FROM tickets WHERE status = $1 AND id > $2 AND price < $3 AND urgent = $4 "
								+ "AND id = ANY ($5) AND room = $6",
						Arrays.asList("open", 9007199254740993L, new BigDecimal("1.50"), true, List.of(1, 2), null),
						true, 1000, 0, null));
		messages.put("client-next-batch", new ClientMessage.NextBatch("tickets"));
		messages.put("client-unsubscribe", new ClientMessage.Unsubscribe("tickets"));
		messages.put("client-ping", new ClientMessage.Ping());
		messages.put("client-publish",
				new ClientMessage.Publish("p1", "typing",
						JsonMapper.shared().createObjectNode().put("room", "kitchen").put("strength", 7),
						ClientMessage.Fate.TOLD));
		messages.put("client-publish-remove", new ClientMessage.Publish(null, "typing",
				JsonMapper.shared().createObjectNode().put("room", "kitchen"), ClientMessage.Fate.REMOVED));
		messages.put("client-publish-hold", new ClientMessage.Publish("h1", "presence",
				JsonMapper.shared().createObjectNode().put("place", "kitchen"), ClientMessage.Fate.HELD));
		messages.put("client-release", new ClientMessage.Release("h1"));
		return messages;
	}

}
