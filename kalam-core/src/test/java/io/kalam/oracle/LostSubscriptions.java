package io.kalam.oracle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What clients held of subscriptions that they have ended, to be taken up again by
 * clients of the same user.
 *
 * @param <H> what is held
 */
final class LostSubscriptions<H> {

	private final Random random;

	private final int bound;

	private final Map<String, Deque<H>> lost = new HashMap<>();

	/**
	 * Nothing yet.
	 * @param bound how many are kept for each user
	 */
	LostSubscriptions(Random random, int bound) {
		this.random = random;
		this.bound = bound;
	}

	void add(String user, H held) {
		Deque<H> all = this.lost.computeIfAbsent(user, (name) -> new ArrayDeque<>());
		all.addFirst(held);
		if (all.size() > this.bound) {
			all.removeLast();
		}
	}

	/**
	 * One of them, every other time that there is one.
	 * @return what was held, or {@code null}
	 */
	H choose(String user) {
		List<H> all = new ArrayList<>(this.lost.getOrDefault(user, new ArrayDeque<>()));
		return (!all.isEmpty() && this.random.nextBoolean()) ? all.get(this.random.nextInt(all.size())) : null;
	}

}
