package io.kalam.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.kalam.catalog.Lsn;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionChange.Operation;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What sessions share is what each would have been sent alone.
 */
class SharedFramesTests {

	private static final byte[] ROW = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);

	private final SharedFrames frames = new SharedFrames();

	@Test
	void whoIsToldTheSameSharesTheBytes() {
		byte[] first = this.frames.transaction(transaction(7, 6, "board", ROW));
		assertThat(this.frames.transaction(transaction(7, 6, "board", ROW))).isSameAs(first);
		assertThat(this.frames.transaction(transaction(7, 5, "board", ROW))).isNotSameAs(first);
	}

	@Test
	void namesThatHashAlikeAreToldApart() {
		assertThat("Aa").hasSameHashCodeAs("BB");
		this.frames.transaction(transaction(7, 6, "Aa", ROW));
		assertThat(this.frames.transaction(transaction(7, 6, "BB", ROW)))
			.isEqualTo(TransactionFrames.transaction(transaction(7, 6, "BB", ROW)));
	}

	@Test
	void aLargeFrameIsNotKept() {
		byte[] row = ("{\"id\":\"" + "x".repeat(16 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
		byte[] first = this.frames.transaction(transaction(7, 6, "board", row));
		assertThat(this.frames.transaction(transaction(7, 6, "board", row))).isEqualTo(first).isNotSameAs(first);
	}

	@RepeatedTest(20)
	void everyFrameIsWhatItWouldBeAlone(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		List<byte[]> rows = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			rows.add(("{\"id\":" + i + "}").getBytes(StandardCharsets.UTF_8));
		}
		int shared = 0;
		for (int i = 0; i < 2000; i++) {
			Transaction transaction = random(random, rows);
			byte[] frame = this.frames.transaction(transaction);
			assertThat(frame).isEqualTo(TransactionFrames.transaction(transaction));
			shared += (this.frames.transaction(transaction) == frame) ? 1 : 0;
		}
		assertThat(shared).isEqualTo(2000);
	}

	private static Transaction random(Random random, List<byte[]> rows) {
		List<SubscriptionChange> changes = new ArrayList<>();
		for (int i = random.nextInt(3); i >= 0; i--) {
			byte[] row = rows.get(random.nextInt(rows.size()));
			Operation operation = Operation.values()[random.nextInt(Operation.values().length)];
			changes.add(new SubscriptionChange(random.nextBoolean() ? "a" : "b", operation,
					(operation == Operation.INSERT || operation == Operation.UPDATE) ? row : null,
					(operation == Operation.UPDATE || operation == Operation.DELETE)
							? rows.get(random.nextInt(rows.size())) : null));
		}
		return new Transaction(random.nextBoolean() ? null : "a", at(1 + random.nextInt(2)),
				random.nextBoolean() ? null : at(random.nextInt(2)), Instant.ofEpochSecond(random.nextInt(2)),
				random.nextBoolean(), changes, random.nextBoolean() ? Map.of() : Map.of("a", 1 + random.nextInt(2)));
	}

	private static Transaction transaction(long sequence, long previous, String id, byte[] row) {
		return new Transaction(null, at(sequence), at(previous), Instant.EPOCH, true,
				List.of(new SubscriptionChange(id, Operation.INSERT, row, null)), Map.of());
	}

	private static Sequence at(long lsn) {
		return Sequence.of(new Generation(1), new Lsn(lsn));
	}

}
