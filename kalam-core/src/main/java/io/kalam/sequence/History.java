package io.kalam.sequence;

import io.kalam.catalog.Lsn;

/**
 * How history goes on.
 */
public sealed interface History {

	/**
	 * The journal is continued.
	 *
	 * @param after the journal's last durable commit
	 */
	record Continue(Lsn after) implements History {

	}

	/**
	 * The journal begins empty in the same generation: cursors of this epoch stay valid
	 * from here on.
	 *
	 * @param after the slot's confirmed position
	 */
	record StartEmpty(Lsn after) implements History {

	}

	/**
	 * History was lost or rewritten: the journal begins empty in a new generation, and no
	 * earlier cursor can be continued.
	 *
	 * @param reason what has happened
	 * @param floor the new generation has to be greater than this one
	 * @param replaceSlot whether the slot that there is can't be used and has to be
	 * dropped; without a slot one has to be created in any case
	 * @param message what has happened, for a log
	 */
	record NewGeneration(Reason reason, Generation floor, boolean replaceSlot, String message) implements History {

	}

	/**
	 * Why a generation begins.
	 */
	enum Reason {

		/** There is neither identity nor slot. */
		FIRST_START,

		/** There is a slot, but no record of who has read it. */
		IDENTITY_MISSING,

		/** The record was made in another cluster. */
		OTHER_SERVER,

		/** The record was made in another database. */
		OTHER_DATABASE,

		/** The slot is gone. */
		SLOT_MISSING,

		/** Postgres has given the slot up. */
		SLOT_LOST,

		/** The publication was dropped and created again. */
		PUBLICATION_REPLACED,

		/** The slot is beyond the end of the log. */
		SLOT_BEYOND_LOG,

		/** The database lacks what was already read from it. */
		DATABASE_WENT_BACK,

		/** The slot is beyond what was acknowledged. */
		SLOT_MOVED

	}

}
