package io.kalam.boot;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.partition.RealtimeTableDefinition;
import org.junit.jupiter.api.Test;

import org.springframework.data.annotation.Id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is made of types that are streams.
 */
class RealtimeStreamScannerTests {

	@Test
	void describesStreams() {
		RealtimeTableDefinition typing = RealtimeTableScannerTests.define(TypingIndicator.class);
		assertThat(typing.type()).isEqualTo(RealtimeTableType.STREAM);
		assertThat(typing.table().reference()).isEqualTo(new TableReference(null, "typing_indicator"));
		assertThat(typing.table().owner()).isEqualTo("to_user");
		assertThat(typing.stream().ttl()).isEqualTo(Duration.ofSeconds(5));
		assertThat(typing.stream().maxRows()).isEqualTo(7);
		assertThat(typing.stream().table().name()).isEqualTo(new TableName("public", "typing_indicator"));
		assertThat(typing.stream().table().key()).extracting((column) -> column.name())
			.containsExactly("to_user", "room_id");
		assertThat(typing.tenant()).isEqualTo("firm");
		RealtimeTableDefinition word = RealtimeTableScannerTests.define(Word.class);
		assertThat(word.table().reference()).isEqualTo(new TableReference("chat", "words"));
		assertThat(word.table().owner()).isNull();
		assertThat(word.stream().table().key()).extracting((column) -> column.name()).containsExactly("number");
		assertThat(RealtimeTableScannerTests.define(Ping.class).stream().table().key())
			.extracting((column) -> column.name())
			.containsExactly("event_id");
		assertThat(RealtimeTableScannerTests.define(Ping.class).stream().ttl()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void refusesStreamsThatCannotBeMeant() {
		RealtimeTableScannerTests.assertRefused(Endless.class, "has the ttl '2h'", "store in a table");
		RealtimeTableScannerTests.assertRefused(Timeless.class, "has the ttl 'soon'", "500ms");
		RealtimeTableScannerTests.assertRefused(Instantaneous.class, "has the ttl '0s'", "a millisecond");
		RealtimeTableScannerTests.assertRefused(Roomless.class, "has no room", "maxRows");
		RealtimeTableScannerTests.assertRefused(Keyless.class, "names a column that it does not have", "nothing");
		RealtimeTableScannerTests.assertRefused(Disowned.class, "names a column that it does not have", "nobody");
		RealtimeTableScannerTests.assertRefused(OwnedEvent.class, "has owners and names authorities", "Leave them out");
		RealtimeTableScannerTests.assertRefused(Hiding.class, "is a STREAM and names columns", "Leave out");
		RealtimeTableScannerTests.assertRefused(Tenantless.class, "names the tenant 'firm'", "one of its properties");
		RealtimeTableScannerTests.assertRefused(KeyedTable.class, "names the key of a table", "primary key");
		RealtimeTableScannerTests.assertRefused(SendingTable.class, "names the sender of a table", "streams only");
		RealtimeTableScanner scanner = new RealtimeTableScanner(List.of());
		assertThatExceptionOfType(InvalidRealtimeTableException.class)
			.isThrownBy(() -> scanner.define(Set.of(Ping.class, OtherPing.class)))
			.withMessageContaining("is a stream of the same name");
	}

	@RealtimeTable(type = RealtimeTableType.STREAM, owner = "toUser", key = "roomId", ttl = "5s", maxRows = 7,
			tenant = "firm")
	record TypingIndicator(String toUser, String roomId, String firm) {

	}

	@RealtimeTable(type = RealtimeTableType.STREAM, table = "chat.words", authorities = "ROLE_READER")
	record Word(@Id long number, String text) {

	}

	@RealtimeTable(type = RealtimeTableType.STREAM)
	record Ping(String text) {

	}

	@RealtimeTable(type = RealtimeTableType.STREAM, ttl = "2h")
	record Endless(String text) {

	}

	@RealtimeTable(type = RealtimeTableType.STREAM, ttl = "soon")
	record Timeless(String text) {

	}

	@RealtimeTable(type = RealtimeTableType.STREAM, ttl = "0s")
	record Instantaneous(String text) {

	}

	@RealtimeTable(type = RealtimeTableType.STREAM, maxRows = 0)
	record Roomless(String text) {

	}

	@RealtimeTable(type = RealtimeTableType.STREAM, key = "nothing")
	record Keyless(String text) {

	}

	@RealtimeTable(type = RealtimeTableType.STREAM, owner = "nobody")
	record Disowned(String text) {

	}

	@RealtimeTable(type = RealtimeTableType.STREAM, owner = "text", authorities = "ROLE_READER")
	record OwnedEvent(String text) {

	}

	@RealtimeTable(type = RealtimeTableType.STREAM, exclude = "text")
	record Hiding(String text) {

	}

	@RealtimeTable(type = RealtimeTableType.STREAM, tenant = "firm")
	record Tenantless(String text) {

	}

	@RealtimeTable(table = "tickets", owner = "text", key = "text")
	record KeyedTable(String text) {

	}

	@RealtimeTable(table = "tickets", owner = "text", sender = "text")
	record SendingTable(String text) {

	}

	@RealtimeTable(type = RealtimeTableType.STREAM, table = "public.ping")
	record OtherPing(String text) {

	}

}
