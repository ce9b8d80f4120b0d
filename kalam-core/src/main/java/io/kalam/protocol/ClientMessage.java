package io.kalam.protocol;

import io.kalam.subscription.SubscribeRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that a client has sent.
 */
public sealed interface ClientMessage {

	/**
	 * Who the client is, at first or anew.
	 *
	 * @param token the token, {@code null} if the client sent none or wants to use
	 * another method than a JWT
	 * @param transactions whether the client understands whole transactions; {@code null}
	 * if it did not say
	 */
	record Authenticate(@Nullable String token, @Nullable Boolean transactions) implements ClientMessage {

		/**
		 * Keeps the token to itself: it must not reach a log.
		 */
		@Override
		public String toString() {
			return "Authenticate[transactions=" + this.transactions + "]";
		}

	}

	/**
	 * A live query to follow.
	 *
	 * @param request the subscription
	 */
	record Subscribe(SubscribeRequest request) implements ClientMessage {

	}

	/**
	 * The next batch of a snapshot is wanted.
	 *
	 * @param id the subscription
	 */
	record NextBatch(String id) implements ClientMessage {

	}

	/**
	 * A subscription has to end.
	 *
	 * @param id the subscription
	 */
	record Unsubscribe(String id) implements ClientMessage {

	}

	/**
	 * An event of a stream is told, or taken back.
	 *
	 * @param id what the client calls it, {@code null} if it wants no answer
	 * @param table the stream
	 * @param row the event's values
	 * @param fate what becomes of it
	 */
	record Publish(@Nullable String id, String table, JsonNode row, Fate fate) implements ClientMessage {

		/**
		 * Keeps the values to itself: they must not reach a log.
		 */
		@Override
		public String toString() {
			return "Publish[table=" + this.table + "]";
		}

	}

	/**
	 * What becomes of an event.
	 */
	enum Fate {

		/**
		 * It is told, and ends by itself.
		 */
		TOLD,

		/**
		 * It lives as long as the client is there; it has an id.
		 */
		HELD,

		/**
		 * It is taken back.
		 */
		REMOVED

	}

	/**
	 * An event is held no longer.
	 *
	 * @param id what the client called it
	 */
	record Release(String id) implements ClientMessage {

	}

	/**
	 * The client wants to know whether somebody is there.
	 */
	record Ping() implements ClientMessage {

	}

}
