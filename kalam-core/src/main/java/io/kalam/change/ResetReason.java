package io.kalam.change;

/**
 * Why a table can't be followed across a commit.
 */
public enum ResetReason {

	/** Its columns or its key are no longer those that were known. */
	SCHEMA,

	/** A value could not be converted. */
	CONVERSION

}
