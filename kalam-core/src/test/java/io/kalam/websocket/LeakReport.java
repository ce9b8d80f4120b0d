package io.kalam.websocket;

/**
 * What Netty says about a buffer that was not released.
 */
final class LeakReport {

	private LeakReport() {
	}

	/**
	 * Whether the buffer may be ours. Other tests in this process use the database
	 * driver, which leaks some when it is cancelled.
	 */
	static boolean isOurs(String report) {
		return report.contains("io.kalam.") || !report.contains("io.r2dbc.postgresql.");
	}

}
