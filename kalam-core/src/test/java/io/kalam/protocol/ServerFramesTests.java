package io.kalam.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.testing.GoldenFrames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ServerFramesTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final ServerFrames FRAMES = new ServerFrames(Events.CLOCK);

	private static final Map<String, byte[]> WRITTEN = written();

	static Stream<String> names() {
		return WRITTEN.keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("names")
	void writesGoldenFrame(String name) {
		assertThat(new String(WRITTEN.get(name), StandardCharsets.UTF_8)).isEqualTo(GoldenFrames.read(name));
		assertThat(JSON.readTree(WRITTEN.get(name)).isObject()).isTrue();
	}

	@Test
	void everyGoldenFrameIsWritten() {
		assertThat(GoldenFrames.names("server-")).containsExactlyInAnyOrderElementsOf(WRITTEN.keySet());
	}

	@ParameterizedTest
	@EnumSource(ErrorCode.class)
	void everyErrorCodeIsDocumented(ErrorCode code) {
		assertThat(GoldenFrames.readme()).contains("`" + code.name() + "`");
	}

	@ParameterizedTest
	@EnumSource(ProtocolError.class)
	void everyProtocolErrorIsDocumented(ProtocolError code) {
		assertThat(GoldenFrames.readme()).contains("`" + code.name() + "`");
	}

	@ParameterizedTest
	@EnumSource(CloseReason.class)
	void everyCloseReasonIsDocumented(CloseReason reason) {
		assertThat(GoldenFrames.readme()).contains("| " + reason.code() + " |");
		assertThat(reason.phrase()).isASCII().hasSizeLessThanOrEqualTo(123);
	}

	@Test
	void stringsAreEscaped() {
		String message = "quote \" backslash \\ control \u0001\n umlaut ü euro € emoji 😀 lone \ud83d end \ude00";
		JsonNode frame = JSON.readTree(FRAMES.error(ErrorCode.NOT_FOUND, message, message));
		assertThat(frame.path("message").stringValue()).isEqualTo(message);
		assertThat(frame.path("subscription_id").stringValue()).isEqualTo(message);
	}

	@Test
	void onlyTheLastFrameOfACommitCarriesSequencesOfRows() {
		List<JsonNode> frames = changes(Events.transaction(null, Events.PREV, true, Events.insert("a"),
				Events.insert("a"), Events.delete("a"), Events.insert("b")));
		assertThat(frames).extracting((frame) -> frame.path("last").booleanValue()).containsExactly(false, true, true);
		assertThat(frames.get(0).path("rows")).hasSize(2).noneMatch((row) -> row.has("_seq"));
		assertThat(frames.get(1).path("old_values")).hasSize(1).allMatch((row) -> row.has("_seq"));
		assertThat(frames.get(2).path("rows")).hasSize(1).allMatch((row) -> row.has("_seq"));
	}

	@Test
	void everySubscriptionOfASplitCommitHasALastFrame() {
		EventFrames events = new EventFrames(false, Events.CLOCK, new SharedFrames());
		List<JsonNode> frames = new ArrayList<>();
		events.write(Events.transaction(null, Events.PREV, false, Events.insert("a"), Events.insert("b")),
				(frame) -> frames.add(JSON.readTree(frame)));
		events.write(Events.transaction("c", Events.PREV, true, Events.insert("c")),
				(frame) -> frames.add(JSON.readTree(frame)));
		assertThat(frames).extracting((frame) -> frame.path("last").booleanValue()).containsExactly(false, false, true);
		frames.clear();
		events.write(Events.transaction(null, Events.PREV, true, Events.delete("b")),
				(frame) -> frames.add(JSON.readTree(frame)));
		assertThat(frames).extracting((frame) -> frame.path("subscription_id").stringValue()).containsExactly("b", "a");
		assertThat(frames).allMatch((frame) -> frame.path("last").booleanValue());
		frames.clear();
		events.write(Events.transaction(null, Events.PREV, true, Events.insert("b")),
				(frame) -> frames.add(JSON.readTree(frame)));
		assertThat(frames).hasSize(1);
	}

	@Test
	void changesThatAreLeftOutAreToldInTheLastFrame() {
		List<JsonNode> frames = changes(Events.folded(Map.of("a", 3, "b", 1), Events.insert("a"), Events.delete("a")));
		assertThat(frames).extracting((frame) -> frame.path("subscription_id").stringValue())
			.containsExactly("a", "a", "b");
		assertThat(frames).extracting((frame) -> frame.path("folded").asInt(0)).containsExactly(0, 3, 1);
		assertThat(frames).extracting((frame) -> frame.path("last").booleanValue()).containsExactly(false, true, true);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void nothingIsSentForASubscriptionThatEndedInTheMiddleOfASplitCommit(boolean unsubscribed) {
		EventFrames events = new EventFrames(false, Events.CLOCK, new SharedFrames());
		events.write(Events.transaction(null, null, false, Events.insert("a"), Events.insert("b")), (frame) -> {
		});
		if (unsubscribed) {
			events.unsubscribed("a");
		}
		else {
			events.write(new SubscriptionEvent.Failed("a", ErrorCode.RESYNC_REQUIRED, "again"), (frame) -> {
			});
		}
		List<String> ids = new ArrayList<>();
		events.write(Events.transaction(null, null, true, Events.insert("c")),
				(frame) -> ids.add(JSON.readTree(frame).get("subscription_id").stringValue()));
		assertThat(ids).containsExactly("c", "b");
	}

	@Test
	void truncateIsNotForClientsWithoutTransactions() {
		assertThatIllegalStateException()
			.isThrownBy(() -> changes(Events.transaction(null, null, true, Events.truncate("a"))));
	}

	@Test
	void clientsWithoutTransactionsAreSentNeitherMarksNorResets() {
		EventFrames events = new EventFrames(false, Events.CLOCK, new SharedFrames());
		List<byte[]> frames = new ArrayList<>();
		events.write(new SubscriptionEvent.Mark(null, Events.SEQ, null), frames::add);
		events.write(new SubscriptionEvent.Reset("a", SubscriptionEvent.Reset.Reason.POLICY, true), frames::add);
		assertThat(frames).isEmpty();
	}

	private static List<JsonNode> changes(SubscriptionEvent event) {
		List<JsonNode> frames = new ArrayList<>();
		new EventFrames(false, Events.CLOCK, new SharedFrames()).write(event,
				(frame) -> frames.add(JSON.readTree(frame)));
		return frames;
	}

	private static Map<String, byte[]> written() {
		Map<String, byte[]> frames = new LinkedHashMap<>();
		frames.put("server-auth-success", FRAMES.authSuccess(Events.user(), false));
		frames.put("server-auth-success-transactions", FRAMES.authSuccess(Events.user(), true));
		frames.put("server-auth-error", FRAMES.authError("The token is invalid or has expired: get a new one."));
		frames.put("server-pong", FRAMES.pong());
		frames.put("server-goaway", FRAMES.goAway(Duration.ofMillis(1234)));
		frames.put("server-error", FRAMES.error(ErrorCode.NOT_FOUND, "tickets",
				"There is no realtime table 'tickets' that you may read."));
		frames.put("server-error-without-subscription", FRAMES.error(ProtocolError.AUTH_REQUIRED, null,
				"Send {\"type\":\"authenticate\",\"method\":\"jwt\",\"token\":…} first."));
		frames.put("server-published", FRAMES.published("p1"));
		frames.put("server-released", FRAMES.released("h1"));
		frames.put("server-error-publish",
				FRAMES.publishError(ErrorCode.UNAUTHORIZED, "p1", "You may not tell this event"));
		subscriptions(frames);
		changes(frames);
		folded(frames);
		transactions(frames);
		return frames;
	}

	private static void subscriptions(Map<String, byte[]> frames) {
		put(frames, false, Events.acknowledged("tickets", false, true), "server-subscription-ack");
		put(frames, false, Events.acknowledged("tickets", true, false), "server-subscription-ack-resumed");
		put(frames, false, Events.acknowledged("types", false, true, types()), "server-subscription-ack-types");
		put(frames, false, Events.batch("tickets", 0, false, Events.ROW, Events.ROW), "server-initial-data-batch");
		put(frames, false, Events.batch("tickets", 0, true, Events.ROW), "server-initial-data-batch-loading");
		put(frames, false, Events.batch("tickets", 1, true, Events.ROW), "server-initial-data-batch-loading-batch");
		put(frames, false, Events.batch("tickets", 0, false), "server-initial-data-batch-empty");
		put(frames, true, new SubscriptionEvent.Reset("tickets", SubscriptionEvent.Reset.Reason.SCHEMA, false),
				"server-reset");
		put(frames, true, new SubscriptionEvent.Reset("tickets", SubscriptionEvent.Reset.Reason.POLICY, true),
				"server-reset-purge");
	}

	private static void changes(Map<String, byte[]> frames) {
		put(frames, false, Events.transaction(null, Events.PREV, true, Events.insert("tickets")),
				"server-change-insert");
		put(frames, false, Events.transaction(null, Events.PREV, true, Events.update("tickets")),
				"server-change-update");
		put(frames, false, Events.transaction(null, Events.PREV, true, Events.delete("tickets")),
				"server-change-delete");
		put(frames, false, Events.transaction(null, Events.PREV, true, Events.insert("tickets"),
				Events.insert("tickets"), Events.delete("tickets")), "server-change-split-1", "server-change-split-2");
		EventFrames events = new EventFrames(false, Events.CLOCK, new SharedFrames());
		events.write(Events.transaction(null, Events.PREV, false, Events.insert("tickets")), (frame) -> {
		});
		events.write(Events.transaction(null, Events.PREV, true),
				(frame) -> frames.put("server-change-last-without-rows", frame));
	}

	private static void folded(Map<String, byte[]> frames) {
		put(frames, false, Events.folded(Map.of("tickets", 7), Events.update("tickets")), "server-change-folded");
		put(frames, false, Events.folded(Map.of("tickets", 2)), "server-change-folded-without-rows");
	}

	private static void transactions(Map<String, byte[]> frames) {
		put(frames, true, Events.transaction(null, Events.PREV, true, Events.update("tickets"), Events.insert("counts"),
				Events.delete("tickets")), "server-transaction");
		put(frames, true, Events.transaction(null, null, false, Events.insert("tickets")), "server-transaction-part");
		put(frames, true, Events.transaction("tickets", Events.PREV, true, Events.insert("tickets")),
				"server-transaction-catching-up");
		put(frames, true, Events.transaction(null, Events.PREV, true, Events.truncate("tickets")),
				"server-transaction-truncate");
		put(frames, true, Events.folded(new TreeMap<>(Map.of("tickets", 7, "counts", 1)), Events.update("tickets")),
				"server-transaction-folded");
		put(frames, true, new SubscriptionEvent.Mark(null, Events.SEQ, Events.PREV), "server-mark");
		put(frames, true, new SubscriptionEvent.Mark(null, Events.SEQ, null), "server-mark-first");
		put(frames, true, new SubscriptionEvent.Mark("tickets", Events.SEQ, Events.PREV), "server-mark-subscription");
	}

	private static void put(Map<String, byte[]> frames, boolean transactions, SubscriptionEvent event,
			String... names) {
		List<byte[]> written = new ArrayList<>();
		new EventFrames(transactions, Events.CLOCK, new SharedFrames()).write(event, written::add);
		assertThat(written).hasSameSizeAs(names);
		for (int i = 0; i < names.length; i++) {
			frames.put(names[i], written.get(i));
		}
	}

	private static Column[] types() {
		String[] names = { "int8", "bool", "int2", "int4", "float4", "float8", "text", "timestamp", "timestamptz",
				"date", "time", "jsonb", "bytea", "uuid", "inet" };
		List<Column> columns = new ArrayList<>();
		Arrays.stream(names).forEach((name) -> columns.add(Events.column("c_" + name, columns.size(), name, true)));
		ColumnType amount = Events.type("numeric", ColumnType.Kind.BASE, (10 << 16 | 2) + 4, null);
		ColumnType negative = Events.type("numeric", ColumnType.Kind.BASE, (5 << 16 | (-2 & 0x7ff)) + 4, null);
		ColumnType price = Events.type("price", ColumnType.Kind.DOMAIN, -1, amount);
		ColumnType mood = Events.type("mood", ColumnType.Kind.ENUM, -1, null);
		ColumnType array = Events.type("_numeric", ColumnType.Kind.ARRAY, -1, amount);
		columns.add(Events.column("c_numeric", 15, "numeric", true));
		columns.add(Events.column("c_numeric_10_2", 16, amount, true));
		columns.add(Events.column("c_numeric_5_minus_2", 17, negative, true));
		columns.add(Events.column("c_domain", 18, price, true));
		columns.add(Events.column("c_enum", 19, mood, true));
		columns.add(Events.column("c_array", 20, array, true));
		return columns.toArray(Column[]::new);
	}

}
