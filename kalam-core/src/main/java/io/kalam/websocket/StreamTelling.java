package io.kalam.websocket;

import java.util.List;
import java.util.function.Consumer;

import io.kalam.protocol.CloseReason;
import io.kalam.protocol.EventFrames;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Reset;

/**
 * Tells the client of an event stream, that has one subscription and no more: each frame
 * says where the client can go on, and the end of the subscription is that of the stream.
 */
final class StreamTelling implements Telling {

	private final StreamCursors cursors;

	private final Consumer<CloseReason> ended;

	/**
	 * For a new stream.
	 * @param cursors know where the client is
	 * @param ended is told, behind the last frame, why there is nothing more to say
	 */
	StreamTelling(StreamCursors cursors, Consumer<CloseReason> ended) {
		this.cursors = cursors;
		this.ended = ended;
	}

	@Override
	public void tell(SubscriptionEvent event, EventFrames frames, List<OutboundFrame> chunk) {
		if (this.cursors.isExpiredBy(event)) {
			frames.write(new Reset(EventStreamRequest.ID, Reset.Reason.EXPIRED, false),
					(frame) -> chunk.add(OutboundFrame.text(frame).at(StreamCursors.NONE)));
		}
		String place = this.cursors.after(event);
		frames.write(event, (frame) -> chunk.add(OutboundFrame.text(frame).at(place)));
		if (event instanceof Failed failed) {
			boolean ours = failed.code() == ErrorCode.SUBSCRIPTION_FAILED;
			this.ended.accept(ours ? CloseReason.SERVER_ERROR : CloseReason.MALFORMED);
		}
	}

}
