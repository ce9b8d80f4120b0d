package io.kalam.operations;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeUser;
import io.kalam.subscription.SessionSettings;
import io.kalam.subscription.SubscribeRequest;
import io.kalam.subscription.SubscriptionSession;
import io.kalam.subscription.SubscriptionSessions;
import org.jspecify.annotations.Nullable;

/**
 * What a stream subscribes to.
 *
 * @param sessions opens its session, with access to whatever it asks for
 * @param options whose rows, and from where on
 * @param sql the query
 * @param params its parameters
 * @param snapshot whether the rows are wanted first
 */
record StreamRequest(SubscriptionSessions sessions, RealtimeOptions options, String sql, List<@Nullable Object> params,
		boolean snapshot) {

	static final String ID = "stream";

	private static final int BATCH_SIZE = 200;

	private static final SessionSettings SETTINGS = new SessionSettings(true, 1, 1 << 20);

	/**
	 * Opens a session and subscribes.
	 * @param available is called when there is something to be polled
	 * @param from where to go on, {@code null} to begin
	 * @param again whether the stream has been told something before
	 * @return the session
	 */
	SubscriptionSession open(Runnable available, @Nullable RealtimeCursor from, boolean again) {
		RealtimeCursor cursor = (from != null || again) ? from : this.options.from();
		SubscriptionSession session = this.sessions.open(user(), SETTINGS, available);
		session.subscribe(new SubscribeRequest(ID, this.sql, this.params, this.snapshot || again, BATCH_SIZE, 0,
				(cursor != null) ? cursor.sequence() : null, (cursor != null) ? cursor.epoch() : null,
				this.options.snapshotIfExpired() || again, false, this.options.deliver()));
		return session;
	}

	private RealtimeUser user() {
		String owner = this.options.owner();
		return (owner != null) ? new RealtimeUser(owner, "service", Set.of(), Instant.MAX) : AccessDecider.EVERYBODY;
	}

}
