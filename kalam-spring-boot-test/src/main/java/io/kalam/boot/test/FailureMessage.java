package io.kalam.boot.test;

import java.util.List;

import org.springframework.test.context.transaction.TestTransaction;
import org.springframework.util.ClassUtils;

/**
 * Says what was expected, what there is instead, how it came about, and what is often the
 * reason.
 *
 * @param subscription whose subscription to what
 * @param expectation what was expected of it
 * @param view what it is like
 * @param failures why the rows are not what was expected, if there is more to say
 */
record FailureMessage(String subscription, String expectation, SubscriptionView view, List<AssertionError> failures) {

	private static final boolean TRANSACTIONS = ClassUtils.isPresent(
			"org.springframework.transaction.support.TransactionSynchronizationManager",
			FailureMessage.class.getClassLoader());

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("\nExpecting ").append(this.subscription)
			.append("\n  ")
			.append(this.expectation)
			.append((this.view.refusal() != null) ? "\nbut it has ended with " + this.view.refusal()
					: "\nbut it holds " + this.view.rows().size() + " rows: " + this.view.rows())
			.append("\nComplete up to ")
			.append(this.view.position())
			.append(", it was told:");
		this.view.history().forEach((line) -> text.append("\n  ").append(line));
		this.failures.forEach((failure) -> text.append("\n").append(failure.getMessage()));
		return text.append(reason()).toString();
	}

	private static String reason() {
		if (TRANSACTIONS && TestTransaction.isActive()) {
			return """

					This test runs in a transaction (@Transactional) that has not been committed: nobody else sees \
					what it has written, and when it is rolled back nobody ever will. Leave @Transactional out, or \
					commit before you look: TestTransaction.flagForCommit(); TestTransaction.end();""";
		}
		return (TRANSACTIONS && OpenTransaction.isThere())
				? "\nThis thread is in a transaction that has not been committed: look after it has been." : "";
	}

}
