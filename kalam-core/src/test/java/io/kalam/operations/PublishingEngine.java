package io.kalam.operations;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.catalog.TableReference;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.RealtimeTables;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveHub;
import io.kalam.subscription.SubscriptionEngine;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * As much of an engine as it takes to tell who may publish what.
 */
final class PublishingEngine {

	static final EntityMapping NO_CLASSES = new EntityMapping() {

		@Override
		public @Nullable TableReference table(Class<?> type) {
			return null;
		}

		@Override
		public @Nullable String column(Class<?> type, String property) {
			return null;
		}

	};

	private PublishingEngine() {
	}

	static SubscriptionEngine of(RealtimeTables tables, RealtimeAccessPolicy... access) {
		return new SubscriptionEngine(tables, new LiveQueryParser(QueryLimits.DEFAULT),
				new AccessDecider(List.of(access), Duration.ofSeconds(30), Schedulers.immediate()), null,
				new MemoryJournal(1000, Duration.ofDays(1), Clock.systemUTC(), Sequence.ZERO), new LiveHub(),
				() -> new Epoch("epoch"), Mono.never(), Mono.empty(), SubscriptionEngine.NEVER);
	}

}
