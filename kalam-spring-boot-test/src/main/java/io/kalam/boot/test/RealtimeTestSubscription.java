package io.kalam.boot.test;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * A user's subscription, and all that it was told. Who asks it what it holds is answered
 * as of everything that was committed before the question: it waits for the mark that
 * says so, not for a time, so that "he does not see it" is as exact and as fast as "she
 * sees it".
 *
 * @param <T> what rows are read as
 */
public final class RealtimeTestSubscription<T> implements AssertProvider<RealtimeSubscriptionAssert<T>> {

	private final String user;

	private final UserSession session;

	private final SubscriptionState state;

	private final Class<T> type;

	RealtimeTestSubscription(String user, UserSession session, SubscriptionState state, Class<T> type) {
		this.user = user;
		this.session = session;
		this.state = state;
		this.type = type;
	}

	/**
	 * The rows that it holds, in no certain order.
	 * @return the rows, as of everything that was committed before the call
	 * @throws AssertionError if changes don't come within 30 seconds
	 */
	public List<T> rows() {
		return settled().rows().stream().map(this::read).toList();
	}

	/**
	 * What it was told after its snapshot, in order.
	 * @return the changes, up to everything that was committed before the call
	 * @throws AssertionError if changes don't come within 30 seconds
	 */
	public List<RealtimeTestChange<T>> changes() {
		return settled().changes().stream().map(this::read).toList();
	}

	/**
	 * The code with which it was refused, or has ended.
	 * @return for instance {@code NOT_FOUND}; {@code null} if it is there
	 */
	public @Nullable String refusal() {
		return view().refusal();
	}

	@Override
	public RealtimeSubscriptionAssert<T> assertThat() {
		return new RealtimeSubscriptionAssert<>(this);
	}

	SubscriptionView settled() {
		this.session.settle(this.state);
		return view();
	}

	SubscriptionView view() {
		return this.session.view(this.state);
	}

	/**
	 * Waits for a condition.
	 * @return whether it has come true in time
	 */
	boolean await(Predicate<SubscriptionView> condition, Duration patience) {
		return this.session.await(() -> condition.test(view()), patience);
	}

	T read(RealtimeTestRow row) {
		return RowReader.read(row, this.type);
	}

	private RealtimeTestChange<T> read(RealtimeTestChange<RealtimeTestRow> change) {
		RealtimeTestRow row = change.row();
		return new RealtimeTestChange<>(change.kind(), (row != null) ? read(row) : null, change.old(),
				change.sequence());
	}

	@Override
	public String toString() {
		return this.user + "'s subscription to '" + this.state.query().sql() + "'";
	}

}
