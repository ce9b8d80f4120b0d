package io.kalam.pipeline;

import io.kalam.testing.TestPostgres;

/**
 * What is done to the database.
 */
enum Disaster {

	ROLLED_BACK(true, (test) -> test.server().goBack()),

	ROLLED_BACK_AND_GROWN(true, (test) -> test.server().goBackAnd(DisasterIntegrationTests.GROW)),

	PROMOTED(false, (test) -> test.server().promote(false)),

	PROMOTED_WITHOUT_OUR_LAST(true, (test) -> test.server().promote(true)),

	PROMOTED_WITHOUT_OUR_LAST_AND_GROWN(true, (test) -> test.server().promote(true, DisasterIntegrationTests.GROW)),

	SLOT_RECREATED(false, (test) -> {
		test.dropSlot();
		test.createSlot();
	}),

	SLOT_DROPPED(false, DisasterIntegrationTests::dropSlot),

	SLOT_ADVANCED(false, (test) -> {
		test.insert();
		test.execute(
				"SELECT pg_replication_slot_advance('" + DisasterIntegrationTests.SLOT + "', pg_current_wal_lsn())");
	}),

	FOREIGN_SLOT(false, (test) -> test.execute("TRUNCATE kalam.identity")),

	CLONED(false, (test) -> {
		test.dropSlot();
		TestPostgres.execute(test.server().settings("postgres"), "CREATE DATABASE clone TEMPLATE app",
				"ALTER DATABASE app RENAME TO original", "ALTER DATABASE clone RENAME TO app");
	}),

	RESTORED_FROM_A_DUMP(false, DisasterIntegrationTests::restoreDump),

	/** As {@code pg_upgrade} leaves it that has carried the slot over. */
	UPGRADED_WITH_ITS_SLOT(false, (test) -> {
		test.restoreDump();
		test.createSlot();
	});

	private final boolean needsCopy;

	private final Strike strike;

	Disaster(boolean needsCopy, Strike strike) {
		this.needsCopy = needsCopy;
		this.strike = strike;
	}

	void prepare(DisasterIntegrationTests test) throws Exception {
		if (this.needsCopy) {
			test.server().keepCopy();
		}
	}

	void strike(DisasterIntegrationTests test) throws Exception {
		this.strike.on(test);
	}

	private interface Strike {

		void on(DisasterIntegrationTests test) throws Exception;

	}

}
