package io.kalam.capture;

/**
 * Capture has failed. The message is fit for a log and for an operator: it says what to
 * do and holds no secret.
 */
public class CaptureException extends RuntimeException {

	private final boolean permanent;

	/**
	 * A failure of the capture.
	 * @param message what happened and what to do about it
	 * @param permanent whether trying again is pointless until somebody has done
	 * something
	 * @param cause why
	 */
	public CaptureException(String message, boolean permanent, Throwable cause) {
		super(message, cause);
		this.permanent = permanent;
	}

	/**
	 * Whether trying again is pointless until somebody has done something: a wrong
	 * password, a database or a slot that is gone, a missing privilege.
	 * @return whether the failure is permanent
	 */
	public boolean isPermanent() {
		return this.permanent;
	}

}
