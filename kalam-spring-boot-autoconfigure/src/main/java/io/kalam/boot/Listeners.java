package io.kalam.boot;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;

/**
 * All listeners of one sort that an application has, in their order. What one of them
 * throws is logged, once for each listener as an error; neither the others nor whoever
 * tells them something notices.
 *
 * @param <L> the sort
 */
final class Listeners<L> {

	private static final Logger logger = LoggerFactory.getLogger(Listeners.class);

	private final List<L> all;

	private final Set<L> failed = ConcurrentHashMap.newKeySet();

	Listeners(List<L> all) {
		this.all = List.copyOf(all);
	}

	static <L> Listeners<L> of(ObjectProvider<L> beans) {
		return new Listeners<>(beans.orderedStream().toList());
	}

	List<L> all() {
		return this.all;
	}

	void tell(Consumer<L> word) {
		for (L listener : this.all) {
			try {
				word.accept(listener);
			}
			catch (RuntimeException ex) {
				failed(listener, ex);
			}
		}
	}

	void failed(L listener, RuntimeException ex) {
		if (this.failed.add(listener)) {
			logger.error("The listener {} has failed. That changes nothing for anybody else; "
					+ "further failures of it are logged at level DEBUG", listener.getClass().getName(), ex);
		}
		else {
			logger.debug("The listener {} has failed again", listener.getClass().getName(), ex);
		}
	}

}
