package io.kalam.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever bytes a client sends, they are a message or are refused as the reader says.
 */
class ClientMessageFuzzTests {

	private static final long SEED = Long.getLong("kalam.seed", System.nanoTime());

	private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("kalam.query.fuzz.seconds", 3));

	private static final int MAX_SIZE = 64 * 1024;

	private static final List<String> MESSAGES = List.of(
			"""
					{"type":"subscribe","subscription":{"id":"t","sql":"SELECT * FROM t","options":{"batch_size":5,"last_rows":2,
					"params":[1,"a",null,[true,1.5e3],12345678901234567890.5],"flow":"pull","on_expired":"snapshot","deliver":"latest"}}}""",
			"""
					{"type":"subscribe","subscription":{"id":"t","sql":"SUBSCRIBE TO t","options":{"from":"7262216745594062848",
					"epoch":"x"}}}""",
			"""
					{"type":"authenticate","method":"jwt","token":"a.b.c","protocol":{"serialization":"json","transactions":true}}""",
			"{\"type\":\"next_batch\",\"subscription_id\":\"t\"}",
			"{\"type\":\"unsubscribe\",\"subscription_id\":\"t\"}", "{\"type\":\"ping\"}");

	private static final List<String> PIECES = List.of("{", "}", "[", "]", ",", ":", "null", "true", "-1",
			"1e999999999", "0".repeat(2000), "9".repeat(999), "\"", "\"\\u0000\"", "\"\\ud800\"", "\\", "\u0000",
			"\uFEFF", "NaN", "\"params\":", "\"from\":", "\"since_seq\":", "{\"a\":".repeat(70), "[".repeat(5000),
			"1.5", "\"x\"");

	@Test
	void whateverComesIsAMessageOrRefused() {
		ClientMessageReader reader = new ClientMessageReader(MAX_SIZE);
		Random random = new Random(SEED);
		long end = System.nanoTime() + BUDGET.toNanos();
		int accepted = 0;
		int messages = 0;
		while (System.nanoTime() < end || messages < 2000) {
			byte[] message = mutated(random);
			accepted += isAccepted(reader, message) ? 1 : 0;
			messages++;
		}
		assertThat(accepted).as("seed %s", SEED).isBetween(messages / 50, messages);
	}

	private static boolean isAccepted(ClientMessageReader reader, byte[] message) {
		try {
			reader.read(message);
			return true;
		}
		catch (ProtocolException ex) {
			assertThat(ex.getMessage()).hasSizeLessThan(400);
			return false;
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError("seed " + SEED + ": " + new String(message, StandardCharsets.UTF_8), ex);
		}
	}

	private static byte[] mutated(Random random) {
		StringBuilder text = new StringBuilder(MESSAGES.get(random.nextInt(MESSAGES.size())));
		for (int changes = random.nextInt(4); changes > 0 && !text.isEmpty(); changes--) {
			int place = random.nextInt(text.length());
			switch (random.nextInt(4)) {
				case 0 -> text.deleteCharAt(place);
				case 1 -> text.insert(place, PIECES.get(random.nextInt(PIECES.size())));
				case 2 -> text.setCharAt(place, (char) random.nextInt(0x10000));
				default -> text.delete(place, Math.min(text.length(), place + random.nextInt(20)));
			}
		}
		byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
		for (int changes = random.nextInt(8) - 5; changes > 0 && bytes.length > 0; changes--) {
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
		}
		return bytes;
	}

}
