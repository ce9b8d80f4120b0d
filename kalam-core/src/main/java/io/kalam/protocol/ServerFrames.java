package io.kalam.protocol;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

import io.kalam.access.RealtimeUser;
import io.kalam.subscription.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The frames that a connection sends on its own account. May be used by any thread.
 */
public final class ServerFrames {

	private static final int VERSION = 1;

	private static final DateTimeFormatter MILLIS = instants(3);

	private final Clock clock;

	/**
	 * Frames that tell the time.
	 * @param clock the clock
	 */
	public ServerFrames(Clock clock) {
		this.clock = clock;
	}

	static DateTimeFormatter instants(int digits) {
		return new DateTimeFormatterBuilder().appendInstant(digits).toFormatter().withZone(ZoneOffset.UTC);
	}

	/**
	 * The client is authenticated.
	 * @param user who it is
	 * @param transactions whether whole transactions will be sent
	 * @return the frame
	 */
	public byte[] authSuccess(RealtimeUser user, boolean transactions) {
		return type("auth_success").raw(",\"user\":")
			.string(user.name())
			.raw(",\"role\":")
			.string(user.role())
			.raw(",\"protocol\":{\"serialization\":\"json\",\"compression\":\"none\",\"transactions\":")
			.raw(Boolean.toString(transactions))
			.raw("},\"version\":" + VERSION + ",\"server_time\":\"" + now() + "\",\"expires_at\":\"")
			.raw(MILLIS.format(user.expiresAt()))
			.raw("\"}")
			.toByteArray();
	}

	/**
	 * The client is not authenticated.
	 * @param message what it should do
	 * @return the frame
	 */
	public byte[] authError(String message) {
		return type("auth_error").raw(",\"message\":").string(message).raw("}").toByteArray();
	}

	/**
	 * The answer to a ping.
	 * @return the frame
	 */
	public byte[] pong() {
		return type("pong").raw(",\"server_time\":\"" + now() + "\"}").toByteArray();
	}

	/**
	 * The server stops.
	 * @param retryAfter when the client should come back
	 * @return the frame
	 */
	public byte[] goAway(Duration retryAfter) {
		return type("goaway").raw(",\"reason\":\"shutdown\",\"retry_after_ms\":" + retryAfter.toMillis() + "}")
			.toByteArray();
	}

	/**
	 * A message was refused.
	 * @param code why
	 * @param subscriptionId the subscription that the message was about, or {@code null}
	 * @param message what the client should change
	 * @return the frame
	 */
	public byte[] error(ProtocolError code, @Nullable String subscriptionId, String message) {
		return error(code.name(), subscriptionId, message);
	}

	/**
	 * A subscription was refused or has ended, or all of them have.
	 * @param code why
	 * @param subscriptionId the subscription, {@code null} for all
	 * @param message what the client should change
	 * @return the frame
	 */
	public byte[] error(ErrorCode code, @Nullable String subscriptionId, String message) {
		return error(code.name(), subscriptionId, message);
	}

	/**
	 * An event has been told.
	 * @param id what the client calls it
	 * @return the frame
	 */
	public byte[] published(String id) {
		return type("published").raw(",\"id\":").string(id).raw("}").toByteArray();
	}

	/**
	 * An event is held no longer.
	 * @param id what the client calls it
	 * @return the frame
	 */
	public byte[] released(String id) {
		return type("released").raw(",\"id\":").string(id).raw("}").toByteArray();
	}

	/**
	 * An event has not been told.
	 * @param code what is wrong
	 * @param id what the client calls it, {@code null} if it has no name
	 * @param message what to change
	 * @return the frame
	 */
	public byte[] publishError(ErrorCode code, @Nullable String id, String message) {
		return publishError(code.name(), id, message);
	}

	/**
	 * An event has not been told, because of how the client speaks.
	 * @param code what is wrong
	 * @param id what the client calls it, {@code null} if it has no name
	 * @param message what to change
	 * @return the frame
	 */
	public byte[] publishError(ProtocolError code, @Nullable String id, String message) {
		return publishError(code.name(), id, message);
	}

	private static byte[] publishError(String code, @Nullable String id, String message) {
		JsonBytes out = type("error");
		if (id != null) {
			out.raw(",\"publish_id\":").string(id);
		}
		return out.raw(",\"code\":\"").raw(code).raw("\",\"message\":").string(message).raw("}").toByteArray();
	}

	static byte[] error(String code, @Nullable String subscriptionId, String message) {
		JsonBytes out = type("error");
		if (subscriptionId != null) {
			out.raw(",\"subscription_id\":").string(subscriptionId);
		}
		return out.raw(",\"code\":\"").raw(code).raw("\",\"message\":").string(message).raw("}").toByteArray();
	}

	private static JsonBytes type(String type) {
		return new JsonBytes(256).raw("{\"type\":\"").raw(type).raw("\"");
	}

	private String now() {
		return MILLIS.format(Instant.now(this.clock));
	}

}
