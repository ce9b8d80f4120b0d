package io.kalam.starter;

import java.util.concurrent.atomic.AtomicInteger;

import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Counts the snapshots that an application reads.
 */
final class CountedSnapshots implements SnapshotReader {

	private final SnapshotReader reader;

	private final AtomicInteger count = new AtomicInteger();

	private CountedSnapshots(SnapshotReader reader) {
		this.reader = reader;
	}

	int count() {
		return this.count.get();
	}

	@Override
	public Mono<Snapshot> read(SnapshotRequest request) {
		return Mono.defer(() -> {
			this.count.incrementAndGet();
			return this.reader.read(request);
		});
	}

	@Override
	public void close() {
		this.reader.close();
	}

	@Configuration(proxyBeanMethods = false)
	static class Counting {

		@Bean
		static BeanPostProcessor counting() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof SnapshotReader counted) ? new CountedSnapshots(counted) : bean;
				}

			};
		}

	}

}
