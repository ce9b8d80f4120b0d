package io.kalam.boot;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.kalam.boot.blocking.BlockingApplication;
import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.PinnedThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.task.VirtualThreadTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A WebFlux application with {@code spring.threads.virtual.enabled}: its own code that
 * blocks does so on virtual threads, and nothing keeps the threads that carry them.
 */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "This Java has no virtual threads: run it on 21 or later")
class VirtualThreadsIntegrationTests {

	private EmbeddedPostgresServer server;

	private PostgresSettings settings;

	@BeforeEach
	void start() {
		this.server = EmbeddedPostgresServer.builder().start();
		this.settings = RunningApplication.settings(this.server);
		Visit.prepare(this.settings);
		BlockingApplication.BLOCKED.clear();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void whatBlocksDoesSoOnThemAndNothingPinsThem() {
		try (PinnedThreads pinned = PinnedThreads.watch()) {
			visit("spring.threads.virtual.enabled=true");
			PinnedThreads.Seen seen = pinned.end();
			assertThat(BlockingApplication.BLOCKED).allMatch((thread) -> thread.startsWith("VirtualThread["))
				.anyMatch((thread) -> thread.contains("kalam-token-"))
				.anyMatch((thread) -> thread.contains("kalam-policy-"));
			assertThat(seen.started()).isPositive();
			assertThat(seen.pinned()).isEmpty();
		}
	}

	@Test
	void thereAreNoneUnlessTheApplicationSaysSo() {
		try (PinnedThreads pinned = PinnedThreads.watch()) {
			visit();
			assertThat(BlockingApplication.BLOCKED).noneMatch((thread) -> thread.startsWith("VirtualThread["));
			assertThat(pinned.end().started()).isZero();
		}
	}

	@Test
	void whatPinsIsSeen() {
		try (PinnedThreads pinned = PinnedThreads.watch()) {
			CompletableFuture.runAsync(() -> assertThat(Pinning.VALUE).isFalse(), new VirtualThreadTaskExecutor())
				.join();
			assertThat(pinned.end().pinnedBy("io.kalam")).isNotEmpty();
		}
	}

	private void visit(String... properties) {
		List<String> all = RunningApplication.properties(this.settings, Visit.properties(properties));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(BlockingApplication.class,
				RunningApplication.Operated.class)
			.properties(all.toArray(String[]::new))
			.run()) {
			Visit.of(this.settings, RunningApplication.socket(context));
		}
	}

	/**
	 * Waits while it is initialised, which pins a thread on every Java until now.
	 */
	private static final class Pinning {

		private static final boolean VALUE = await();

		private static boolean await() {
			try {
				return new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
