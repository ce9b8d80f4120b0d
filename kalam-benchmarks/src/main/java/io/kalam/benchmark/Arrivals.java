package io.kalam.benchmark;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.springframework.util.Assert;

/**
 * When the rows of one round came to each of the sockets. The times of one socket are
 * recorded by one thread.
 */
final class Arrivals {

	private static final int PATIENCE_SECONDS = 30;

	private final long first;

	private final long[][] times;

	private final CountDownLatch missing;

	/**
	 * Nothing has arrived.
	 * @param sockets the number of sockets
	 * @param first the id of the first row
	 * @param rows the number of rows, whose ids follow each other
	 */
	Arrivals(int sockets, long first, int rows) {
		this.first = first;
		this.times = new long[sockets][rows];
		this.missing = new CountDownLatch(sockets * rows);
	}

	/**
	 * Records an arrival. Rows of other rounds are ignored.
	 * @param socket the socket
	 * @param id the row
	 * @param time when it came
	 */
	void record(int socket, long id, long time) {
		long row = id - this.first;
		if (row < 0 || row >= this.times[socket].length) {
			return;
		}
		Assert.state(this.times[socket][(int) row] == 0, "A row has arrived twice");
		this.times[socket][(int) row] = time;
		this.missing.countDown();
	}

	/**
	 * Waits until all rows have come to all sockets.
	 * @throws InterruptedException if the thread was interrupted
	 */
	void await() throws InterruptedException {
		Assert.state(this.missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS),
				() -> this.missing.getCount() + " frames have not arrived");
	}

	/**
	 * How long commits of one row took.
	 * @param since from when on, by row
	 * @param leadIn how many rows at the begin are not counted
	 * @return the times of all sockets
	 */
	Distribution since(long[] since, int leadIn) {
		return since(since, leadIn, 1);
	}

	/**
	 * How long commits took until their last row had come.
	 * @param since from when on, by commit
	 * @param leadIn how many commits at the begin are not counted
	 * @param rows the number of rows in a commit
	 * @return the times of all sockets
	 */
	Distribution since(long[] since, int leadIn, int rows) {
		int counted = since.length - leadIn;
		long[] nanos = new long[this.times.length * counted];
		for (int socket = 0; socket < this.times.length; socket++) {
			for (int commit = 0; commit < counted; commit++) {
				nanos[socket * counted + commit] = last(socket, (leadIn + commit) * rows, rows)
						- since[leadIn + commit];
			}
		}
		return Distribution.of(nanos);
	}

	private long last(int socket, int first, int rows) {
		return Arrays.stream(this.times[socket], first, first + rows).max().orElseThrow();
	}

}
