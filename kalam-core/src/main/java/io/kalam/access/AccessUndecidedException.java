package io.kalam.access;

/**
 * A policy could not decide. Nobody is let in then.
 */
public class AccessUndecidedException extends RuntimeException {

	AccessUndecidedException(String policy, Throwable cause) {
		super("The policy " + policy + " could not decide", cause);
	}

}
