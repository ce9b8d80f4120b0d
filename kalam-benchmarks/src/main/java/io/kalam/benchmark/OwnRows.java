package io.kalam.benchmark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongToIntFunction;

import io.netty.buffer.ByteBuf;

import org.springframework.util.Assert;

/**
 * When rows came to the one socket each of them is for.
 */
final class OwnRows implements Spectators.Listener {

	private static final int PATIENCE_SECONDS = 60;

	private final LongToIntFunction socket;

	private volatile Window window = new Window(0, 0);

	private volatile boolean wrong;

	/**
	 * Nothing has come.
	 * @param socket the number of the socket of a row, by the row's id
	 */
	OwnRows(LongToIntFunction socket) {
		this.socket = socket;
	}

	/**
	 * Forgets what has come.
	 * @param first the id of the first row that is about to be written
	 * @param rows how many will, whose ids follow each other
	 */
	void expect(long first, int rows) {
		this.window = new Window(first, rows);
	}

	@Override
	public void onTransaction(int number, ByteBuf frame, long time) {
		Window current = this.window;
		RowIds.forEach(frame, (id) -> {
			if (number != this.socket.applyAsInt(id) || !current.record(id, time)) {
				this.wrong = true;
			}
		});
	}

	/**
	 * Waits until all that was expected has come.
	 * @return when each row came
	 * @throws InterruptedException if the thread was interrupted
	 */
	long[] await() throws InterruptedException {
		Window current = this.window;
		Assert.state(current.missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS),
				() -> current.missing.getCount() + " rows have not come");
		Assert.state(!this.wrong, "A row has come twice, or to somebody whose it is not");
		long[] times = new long[current.times.length()];
		for (int i = 0; i < times.length; i++) {
			times[i] = current.times.get(i);
		}
		return times;
	}

	/**
	 * Rows that are expected.
	 */
	private static final class Window {

		private final long first;

		private final AtomicLongArray times;

		private final CountDownLatch missing;

		Window(long first, int rows) {
			this.first = first;
			this.times = new AtomicLongArray(rows);
			this.missing = new CountDownLatch(rows);
		}

		boolean record(long id, long time) {
			long row = id - this.first;
			boolean first = row >= 0 && row < this.times.length() && this.times.compareAndSet((int) row, 0, time);
			if (first) {
				this.missing.countDown();
			}
			return first;
		}

	}

}
