package io.kalam.subscription;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.kalam.access.TableAccess;
import io.kalam.partition.LiveTable;
import reactor.core.publisher.Mono;

/**
 * Lets the subscriptions of a session in: each begins when it was decided what its user
 * may read, and goes on under that decision until it is asked again. Used under the
 * session's lock.
 */
final class Admission {

	private final LiveSession session;

	private final Subscriptions subscriptions;

	private final Targets targets;

	private final SubscriptionStart start;

	private final AccessQuestions<SubscribeRequest> first;

	private final AccessQuestions<Subscription> again;

	Admission(LiveSession session, Subscriptions subscriptions, Targets targets, SubscriptionStart start) {
		this.session = session;
		this.subscriptions = subscriptions;
		this.targets = targets;
		this.start = start;
		this.first = new AccessQuestions<>(session);
		this.again = new AccessQuestions<>(session);
	}

	/**
	 * Subscribes, or says why not.
	 */
	void subscribe(SubscribeRequest request) {
		try {
			Set<String> used = new HashSet<>(this.subscriptions.ids());
			this.first.open().forEach((waiting) -> used.add(waiting.id()));
			this.start.check(request, used);
			ask(this.targets.withOptions(request));
		}
		catch (SubscriptionFailure ex) {
			this.session.fail(request.id(), ex);
		}
	}

	private Mono<Void> ask(SubscribeRequest request) {
		LiveTable table = this.targets.table(request, this.session.user());
		return this.first.ask(request, this.session.engine().access().decide(this.session.user(), table),
				(access) -> begin(request, access),
				() -> this.session.fail(request.id(), SubscriptionFailure.undecided(null)));
	}

	private void begin(SubscribeRequest request, TableAccess access) {
		try {
			Target target = this.targets.find(request, this.session.user(), access);
			Subscription subscription = new Subscription(this.session, request, target);
			this.subscriptions.add(subscription);
			this.start.begin(subscription);
		}
		catch (SubscriptionFailure ex) {
			this.session.fail(request.id(), ex);
		}
	}

	/**
	 * Forgets a request that is not wanted any more, if it has not begun.
	 */
	void forget(String id) {
		this.first.open().stream().filter((waiting) -> waiting.id().equals(id)).forEach(this.first::forget);
	}

	void close() {
		this.first.clear();
		this.again.clear();
	}

	/**
	 * Asks again about everything.
	 * @return what completes when each has been answered, and has taken effect
	 */
	List<Mono<Void>> reevaluate() {
		List<Mono<Void>> asked = new ArrayList<>();
		for (SubscribeRequest request : this.first.open()) {
			try {
				asked.add(ask(request));
			}
			catch (SubscriptionFailure ex) {
				this.first.forget(request);
				this.session.fail(request.id(), ex);
			}
		}
		this.subscriptions.all().forEach((subscription) -> asked.add(askAgain(subscription)));
		return asked;
	}

	private Mono<Void> askAgain(Subscription subscription) {
		return this.again.ask(subscription,
				this.session.engine().access().decide(this.session.user(), subscription.query().table()),
				(access) -> answered(subscription, access),
				() -> revoke(subscription, SubscriptionFailure.undecided(null)));
	}

	private void answered(Subscription subscription, TableAccess access) {
		if (subscription.isEnded()) {
			return;
		}
		if (access instanceof TableAccess.Granted granted) {
			adopt(subscription, granted);
		}
		else {
			this.session.end(subscription, SubscriptionFailure.unauthorized());
		}
	}

	private void adopt(Subscription subscription, TableAccess.Granted access) {
		if (this.targets.isUnchanged(subscription, this.session.user(), access)) {
			return;
		}
		try {
			subscription.adopt(this.targets.find(subscription.request(), this.session.user(), access));
		}
		catch (SubscriptionFailure ex) {
			revoke(subscription, ex);
		}
	}

	/**
	 * Ends a subscription of which it is not known what its user may still read.
	 */
	private void revoke(Subscription subscription, SubscriptionFailure reason) {
		if (!subscription.isEnded()) {
			if (this.session.settings().transactions()) {
				this.session.tellAll(
						new SubscriptionEvent.Reset(subscription.id(), SubscriptionEvent.Reset.Reason.POLICY, true));
			}
			this.session.end(subscription, reason);
		}
	}

}
