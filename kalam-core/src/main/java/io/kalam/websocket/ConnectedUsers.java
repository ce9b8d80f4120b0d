package io.kalam.websocket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many sockets each user has.
 */
final class ConnectedUsers {

	private final int limit;

	private final Map<String, Integer> sockets = new ConcurrentHashMap<>();

	ConnectedUsers(int limit) {
		this.limit = limit;
	}

	boolean enter(String user) {
		if (this.sockets.merge(user, 1, Integer::sum) <= this.limit) {
			return true;
		}
		leave(user);
		return false;
	}

	void leave(String user) {
		this.sockets.computeIfPresent(user, (name, count) -> (count > 1) ? count - 1 : null);
	}

	int count(String user) {
		return this.sockets.getOrDefault(user, 0);
	}

	int count() {
		return this.sockets.size();
	}

}
