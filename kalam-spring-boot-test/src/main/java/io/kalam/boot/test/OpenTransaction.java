package io.kalam.boot.test;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Knows whether the thread is in a transaction. Apart, because the class that knows may
 * not be there.
 */
final class OpenTransaction {

	private OpenTransaction() {
	}

	static boolean isThere() {
		return TransactionSynchronizationManager.isActualTransactionActive();
	}

}
