package io.kalam.sequence;

/**
 * The identity in the database is no longer the one that we know: another process has
 * become the reader or begun a generation, or the database was replaced. What to do has
 * to be decided again.
 */
public class IdentityChangedException extends RuntimeException {

	/**
	 * An identity that is not there any more.
	 * @param slot the slot whose identity it is
	 */
	public IdentityChangedException(String slot) {
		super("The identity of the reader of slot " + slot + " was changed by somebody else");
	}

}
