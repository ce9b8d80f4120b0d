package io.kalam.capture.debezium;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.kalam.capture.CaptureException;
import io.kalam.capture.ChangeSource;
import io.kalam.catalog.Lsn;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Keeps what a source tells.
 */
class Recorder implements ChangeSource.Listener {

	static final Duration PATIENCE = Duration.ofSeconds(60);

	final List<CommittedTransaction> transactions = new CopyOnWriteArrayList<>();

	final AtomicReference<Lsn> progress = new AtomicReference<>(Lsn.ZERO);

	final AtomicInteger streaming = new AtomicInteger();

	final List<CaptureException> failures = new CopyOnWriteArrayList<>();

	@Override
	public void onTransaction(CommittedTransaction transaction) {
		this.transactions.add(transaction);
	}

	@Override
	public void onProgress(Lsn position) {
		assertThat(position).isGreaterThan(this.progress.get());
		this.progress.set(position);
	}

	@Override
	public void onStreaming() {
		this.streaming.incrementAndGet();
	}

	@Override
	public void onFailure(CaptureException failure) {
		this.failures.add(failure);
	}

	void awaitStreaming() {
		await().atMost(PATIENCE).until(() -> {
			if (!this.failures.isEmpty()) {
				throw this.failures.get(0);
			}
			return this.streaming.get() == 1;
		});
	}

	List<CommittedTransaction> awaitTransactions(int count) {
		await().atMost(PATIENCE).until(() -> {
			if (!this.failures.isEmpty()) {
				throw this.failures.get(0);
			}
			return this.transactions.size() >= count;
		});
		assertThat(this.transactions).hasSize(count);
		return this.transactions;
	}

	CommittedTransaction awaitTransaction() {
		CommittedTransaction transaction = awaitTransactions(1).get(0);
		this.transactions.clear();
		return transaction;
	}

	List<Change> awaitChanges() {
		return awaitTransaction().changes();
	}

	CaptureException awaitFailure() {
		await().atMost(PATIENCE).until(() -> !this.failures.isEmpty());
		return this.failures.get(0);
	}

}
