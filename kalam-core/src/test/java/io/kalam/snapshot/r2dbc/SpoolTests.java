package io.kalam.snapshot.r2dbc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.kalam.snapshot.SnapshotException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SpoolTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(ints = { 0, 1000, 100_000, 1 << 30 })
	void givesBackWhatItWasGivenToSeveralReaders(int memory) throws Exception {
		Random random = new Random(memory);
		List<byte[]> rows = new ArrayList<>();
		Spool spool = new Spool(memory, this.directory);
		for (int i = 0; i < 3000; i++) {
			byte[] row = new byte[(random.nextInt(500) == 0) ? 100_000 : random.nextInt(60)];
			random.nextBytes(row);
			rows.add(row);
			spool.append(row);
		}
		spool.finish();
		assertThat(spool.size()).isEqualTo(3000);
		assertThat(spool.inMemory()).isEqualTo(memory == 1 << 30);
		ExecutorService executor = Executors.newFixedThreadPool(3);
		List<Future<Void>> readers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			readers.add(executor.submit(reader(spool, rows, new Random(i))));
		}
		for (Future<Void> reader : readers) {
			reader.get(20, TimeUnit.SECONDS);
		}
		executor.shutdown();
		assertThat(this.directory).isEmptyDirectory();
		spool.close();
	}

	private static Callable<Void> reader(Spool spool, List<byte[]> rows, Random random) {
		return () -> {
			for (int i = 0; i < 200; i++) {
				int first = random.nextInt(3100);
				int count = random.nextInt(300);
				List<byte[]> expected = rows.subList(Math.min(first, 3000), Math.min(first + count, 3000));
				assertThat(Arrays.deepEquals(spool.read(first, count).toArray(), expected.toArray())).isTrue();
			}
			assertThat(spool.read(0, Integer.MAX_VALUE)).hasSize(3000);
			assertThat(spool.read(Long.MAX_VALUE - 5, 10)).isEmpty();
			return null;
		};
	}

	@Test
	void isClosedAtAnyTime() {
		Spool spool = new Spool(10, this.directory);
		spool.append(new byte[20]);
		spool.close();
		spool.close();
		spool.append(new byte[20]);
		spool.finish();
		assertThatIllegalStateException().isThrownBy(() -> spool.read(0, 1));
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void saysWhereThereIsNoRoom() {
		Spool spool = new Spool(10, this.directory.resolve("missing"));
		assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> spool.append(new byte[20]))
			.withMessageContaining("missing");
		spool.close();
	}

	@Test
	void theIndexIsBoundedHoweverManyRowsThereAre() {
		RowIndex index = new RowIndex();
		long rows = 9_000_000;
		for (long row = 0; row < rows; row++) {
			index.add(row, 10 * row);
		}
		Random random = new Random(1);
		for (int i = 0; i < 10_000; i++) {
			long row = random.nextLong(rows);
			long floor = index.floor(row);
			assertThat(floor).isBetween(row - 2047, row);
			assertThat(index.offset(floor)).isEqualTo(10 * floor);
		}
		assertThat(index.offset(index.floor(rows - 1))).isGreaterThan(0);
	}

}
