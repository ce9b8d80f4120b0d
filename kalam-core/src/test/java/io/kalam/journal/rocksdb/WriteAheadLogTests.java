package io.kalam.journal.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

import static org.assertj.core.api.Assertions.assertThat;

class WriteAheadLogTests {

	private static final int BLOCK = 32 * 1024;

	private static final int HEADER = 7;

	@TempDir
	private Path parent;

	private Path directory;

	private byte[] written;

	private int last;

	/**
	 * Small records, one of several blocks, and a last one of several blocks.
	 */
	@BeforeEach
	void write() throws RocksDBException, IOException {
		Path store = this.parent.resolve("store");
		Path log = store.resolve("000004.log");
		try (Store open = Store.open(store, 1 << 20)) {
			for (int i = 0; i < 200; i++) {
				put(open, i, (i == 100) ? 3 * BLOCK : 300);
			}
			this.last = (int) Files.size(log);
			put(open, 200, 4 * BLOCK);
			this.written = Files.readAllBytes(log);
		}
		this.directory = Files.createDirectory(this.parent.resolve("logs"));
	}

	private static void put(Store store, int number, int length) throws RocksDBException {
		byte[] value = new byte[length];
		Arrays.fill(value, (byte) (number | 1));
		try (WriteBatch batch = new WriteBatch()) {
			batch.put(store.root(), Keys.numbered(Keys.TYPE, number), value);
			store.write(batch);
		}
	}

	@Test
	void whatIsMissingAtTheEndIsNoDamage() throws IOException {
		assertThat(isDamaged(this.written)).isFalse();
		for (int length = 0; length < this.written.length; length += 293) {
			assertThat(isDamaged(Arrays.copyOf(this.written, length))).as("torn at %d", length).isFalse();
		}
	}

	@Test
	void anyByteOfARecordThatIsNotTheLastIsDamage() throws IOException {
		for (int at = 0; at < this.last; at += 61) {
			byte[] flipped = this.written.clone();
			flipped[at] = (byte) ~flipped[at];
			assertThat(isDamaged(flipped)).as("flipped at %d", at).isEqualTo(BLOCK - at % BLOCK >= HEADER);
		}
	}

	@Test
	void aHoleInTheLastRecordIsNoDamage() throws IOException {
		for (int at = this.last; at < this.written.length; at += 4096) {
			byte[] torn = this.written.clone();
			Arrays.fill(torn, at, Math.min(at + 4096, torn.length), (byte) 0);
			assertThat(isDamaged(torn)).as("hole at %d", at).isFalse();
		}
	}

	@Test
	void anEndIsTornInTheLastFileOnly() throws IOException {
		Files.write(this.directory.resolve("000005.log"), this.written);
		assertThat(isDamaged(this.written)).isFalse();
		assertThat(isDamaged(Arrays.copyOf(this.written, this.written.length - 1))).isTrue();
		Files.write(this.directory.resolve("000005.log"), new byte[0]);
		assertThat(isDamaged(Arrays.copyOf(this.written, this.written.length - 1))).isFalse();
	}

	private boolean isDamaged(byte[] log) throws IOException {
		Files.write(this.directory.resolve("000004.log"), log);
		return WriteAheadLog.isDamaged(this.directory);
	}

}
