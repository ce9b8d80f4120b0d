package io.kalam.websocket;

import java.util.List;

import io.kalam.protocol.EventFrames;
import io.kalam.subscription.SubscriptionEvent;

/**
 * How a client is told what happens to its subscriptions. Used by one thread at a time.
 */
@FunctionalInterface
interface Telling {

	/**
	 * In frames and no more: the client knows where it is.
	 */
	Telling FRAMES = (event, frames, chunk) -> frames.write(event, (frame) -> chunk.add(OutboundFrame.text(frame)));

	/**
	 * Tells an event.
	 * @param event the event
	 * @param frames writes it
	 * @param chunk takes the frames, in order
	 */
	void tell(SubscriptionEvent event, EventFrames frames, List<OutboundFrame> chunk);

}
