package io.kalam.boot.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about what a user's subscription holds and was told, as of everything that
 * was committed before the assertion, or {@link #eventually()}. A failure says all that
 * the subscription was told.
 *
 * @param <T> what rows are read as
 */
public final class RealtimeSubscriptionAssert<T>
		extends AbstractAssert<RealtimeSubscriptionAssert<T>, RealtimeTestSubscription<T>> {

	private final @Nullable Duration patience;

	RealtimeSubscriptionAssert(RealtimeTestSubscription<T> subscription) {
		this(subscription, null);
	}

	private RealtimeSubscriptionAssert(RealtimeTestSubscription<T> subscription, @Nullable Duration patience) {
		super(subscription, RealtimeSubscriptionAssert.class);
		this.patience = patience;
	}

	/**
	 * Has what follows come true within 30 seconds, for what is committed by another
	 * thread after the assertion has begun.
	 * @return an assertion that waits
	 */
	public RealtimeSubscriptionAssert<T> eventually() {
		return eventually(RealtimeTestClientAutoConfiguration.PATIENCE);
	}

	/**
	 * Has what follows come true within a time.
	 * @param patience how long to wait at the most
	 * @return an assertion that waits
	 */
	public RealtimeSubscriptionAssert<T> eventually(Duration patience) {
		return new RealtimeSubscriptionAssert<>(this.actual, patience);
	}

	/**
	 * It holds a row like each of these, and perhaps others.
	 * @param expected the rows
	 * @return this
	 */
	public RealtimeSubscriptionAssert<T> contains(ExpectedRow... expected) {
		return check("to contain " + Arrays.toString(expected), (view) -> isThere(view)
				&& Arrays.stream(expected).allMatch((row) -> view.rows().stream().anyMatch(row::matches)));
	}

	/**
	 * It holds as many rows as these, and one like each of them, in any order.
	 * @param expected the rows
	 * @return this
	 */
	public RealtimeSubscriptionAssert<T> containsExactly(ExpectedRow... expected) {
		return check("to contain exactly " + Arrays.toString(expected),
				(view) -> isThere(view) && matchesExactly(view.rows(), expected));
	}

	private static boolean matchesExactly(List<RealtimeTestRow> rows, ExpectedRow... expected) {
		List<RealtimeTestRow> left = new ArrayList<>(rows);
		return rows.size() == expected.length && Arrays.stream(expected)
			.allMatch((row) -> left.stream().filter(row::matches).findFirst().map(left::remove).orElse(false));
	}

	/**
	 * It holds no row like any of these.
	 * @param unexpected the rows
	 * @return this
	 */
	public RealtimeSubscriptionAssert<T> doesNotContain(ExpectedRow... unexpected) {
		return check("not to contain " + Arrays.toString(unexpected), (view) -> isThere(view)
				&& Arrays.stream(unexpected).noneMatch((row) -> view.rows().stream().anyMatch(row::matches)));
	}

	/**
	 * It holds a number of rows.
	 * @param expected how many
	 * @return this
	 */
	public RealtimeSubscriptionAssert<T> hasSize(int expected) {
		return check("to contain " + expected + " rows", (view) -> isThere(view) && view.rows().size() == expected);
	}

	/**
	 * It holds no row now; it may have held some.
	 * @return this
	 */
	public RealtimeSubscriptionAssert<T> isEmpty() {
		return hasSize(0);
	}

	/**
	 * It was never told of any row, neither in a snapshot nor by a change.
	 * @return this
	 */
	public RealtimeSubscriptionAssert<T> staysEmpty() {
		return check("never to have been told of a row", (view) -> isThere(view) && view.seen() == 0);
	}

	/**
	 * Its rows satisfy what is asserted about them.
	 * @param requirements assertions about the rows, in no certain order
	 * @return this
	 */
	public RealtimeSubscriptionAssert<T> hasRowsSatisfying(Consumer<? super List<T>> requirements) {
		List<AssertionError> failures = new ArrayList<>();
		return check("to have rows that satisfy the requirements", (view) -> {
			try {
				failures.clear();
				requirements.accept(view.rows().stream().map(this.actual::read).toList());
				return isThere(view);
			}
			catch (AssertionError ex) {
				failures.add(ex);
				return false;
			}
		}, failures);
	}

	/**
	 * It was refused, or has ended, with a code.
	 * @param code for instance {@code NOT_FOUND}
	 * @return this
	 */
	public RealtimeSubscriptionAssert<T> isRefusedWith(String code) {
		return check("to be refused with " + code, (view) -> code.equals(view.refusal()));
	}

	/**
	 * It was continued exactly when its user came back, without a new snapshot.
	 * @return this
	 */
	public RealtimeSubscriptionAssert<T> hasResumed() {
		return check("to have been continued from its cursor", (view) -> isThere(view) && view.resumed());
	}

	/**
	 * Goes on with AssertJ's assertions about its rows, in no certain order, as of
	 * everything that was committed before.
	 * @return assertions about the rows
	 */
	public ListAssert<T> rows() {
		return Assertions.assertThat(this.actual.rows()).as(this.actual::toString);
	}

	/**
	 * Goes on with AssertJ's assertions about what it was told after its snapshot, in
	 * order, up to everything that was committed before.
	 * @return assertions about the changes
	 */
	public ListAssert<RealtimeTestChange<T>> changes() {
		return Assertions.assertThat(this.actual.changes()).as(this.actual::toString);
	}

	private static boolean isThere(SubscriptionView view) {
		return view.refusal() == null;
	}

	private RealtimeSubscriptionAssert<T> check(String expectation, Predicate<SubscriptionView> condition) {
		return check(expectation, condition, List.of());
	}

	private RealtimeSubscriptionAssert<T> check(String expectation, Predicate<SubscriptionView> condition,
			List<AssertionError> failures) {
		boolean met = (this.patience != null) ? this.actual.await(condition, this.patience)
				: condition.test(this.actual.settled());
		if (!met) {
			String waited = (this.patience != null) ? " within " + this.patience.toMillis() + " ms" : "";
			throw failure(new FailureMessage(this.actual.toString(), expectation + waited, this.actual.view(), failures)
				.toString());
		}
		return this;
	}

	/**
	 * AssertJ takes messages for formats, which rows may look like.
	 */
	@Override
	protected AssertionError failure(String message, Object... arguments) {
		return super.failure("%s", message);
	}

}
