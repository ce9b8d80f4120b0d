package io.kalam.operations;

import java.util.function.Consumer;

import io.kalam.subscription.SubscriptionEvent;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a subscription's events what a stream tells. Used by one thread at a time.
 *
 * @param <E> what the stream tells
 */
interface StreamTranslator<E> {

	/**
	 * Translates an event.
	 * @param event the next event of the subscription
	 * @param out is given what is to be told, in order
	 * @throws RowConversionException if a row does not fit
	 */
	void translate(SubscriptionEvent event, Consumer<? super E> out);

	/**
	 * The subscription has been given up, and another one takes its place: at the cursor
	 * if there is one, else with a snapshot.
	 */
	void interrupted();

	/**
	 * The last place from which the stream could be taken up.
	 * @return the cursor, or {@code null} if there was none since the stream last began
	 */
	@Nullable RealtimeCursor cursor();

}
