package io.kalam.snapshot;

import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.util.context.Context;

/**
 * What becomes of an error that comes when nobody waits for the outcome any more (the
 * subscriber has cancelled while the table was altered): a line at DEBUG, where Reactor
 * would write one at ERROR.
 */
public final class DroppedErrors {

	private static final Logger logger = LoggerFactory.getLogger(DroppedErrors.class);

	/**
	 * Where Reactor looks for a sequence's own way with dropped errors.
	 */
	private static final String KEY = "reactor.onErrorDropped.local";

	private DroppedErrors() {
	}

	/**
	 * A context for the subscriber of a read.
	 * @param context what else it is to hold
	 * @return that context, with our way with dropped errors
	 */
	public static Context logged(Context context) {
		Consumer<Throwable> log = DroppedErrors::log;
		return context.put(KEY, log);
	}

	private static void log(Throwable error) {
		logger.debug("A read has failed after everybody had cancelled", error);
	}

}
