package io.kalam.oracle;

/**
 * How much takes part in a storm.
 *
 * @param writers how many writers there are
 * @param clients how many clients that know whole transactions
 * @param legacyClients how many clients that do not
 */
record OracleSize(int writers, int clients, int legacyClients) {

	static final OracleSize FULL = new OracleSize(4, 12, 6);

}
