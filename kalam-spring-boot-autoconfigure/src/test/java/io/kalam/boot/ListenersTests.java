package io.kalam.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.kalam.catalog.TableName;
import io.kalam.pipeline.PipelineListener;
import io.kalam.protocol.CloseReason;
import io.kalam.subscription.ResumeListener;
import io.kalam.subscription.ResumeOutcome;
import io.kalam.subscription.SubscriptionListener;
import io.kalam.websocket.ConnectionListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ExtendWith(OutputCaptureExtension.class)
class ListenersTests {

	private static final TableName NOTES = new TableName("public", "notes");

	private final List<String> told = new ArrayList<>();

	@Test
	void areInTheOrderOfTheirBeans() {
		new ApplicationContextRunner().withUserConfiguration(Two.class)
			.run((context) -> assertThat(Listeners.of(context.getBeanProvider(PipelineListener.class)).all())
				.containsExactly(context.getBean("first", Around.class), context.getBean("second", Around.class)));
	}

	@Test
	void allAreToldWhateverOneThrows(CapturedOutput output) {
		ConnectionListener failing = new ConnectionListener() {

			@Override
			public void closed(CloseReason reason) {
				throw new IllegalStateException("of the application");
			}

		};
		ConnectionListener telling = new ConnectionListener() {

			@Override
			public void closed(CloseReason reason) {
				ListenersTests.this.told.add(reason.name());
			}

		};
		ConnectionListeners listeners = new ConnectionListeners(new Listeners<>(List.of(failing, telling)));
		listeners.closed(CloseReason.STALLED);
		listeners.closed(CloseReason.FORBIDDEN);
		assertThat(this.told).containsExactly("STALLED", "FORBIDDEN");
		assertThat(output).containsOnlyOnce("IllegalStateException: of the application")
			.contains("The listener " + failing.getClass().getName() + " has failed");
	}

	@Test
	void workIsDoneOnceWhateverIsAroundIt() {
		PipelineListeners listeners = pipeline(around("first"), new Around((work) -> {
			throw new IllegalStateException("before");
		}), new Around((work) -> {
			work.run();
			throw new IllegalStateException("after");
		}), new Around((work) -> {
		}), new Around((work) -> {
			work.run();
			work.run();
		}), around("last"));
		listeners.publishing(1, () -> this.told.add("work"));
		assertThat(this.told).containsExactly("first {", "last {", "work", "last }", "first }");
	}

	@Test
	void whatWorkThrowsIsLetThrough() {
		PipelineListeners listeners = pipeline(around("first"), new Around((work) -> {
			try {
				work.run();
			}
			catch (IllegalArgumentException ex) {
				this.told.add("swallowed");
			}
		}));
		assertThatIllegalArgumentException().isThrownBy(() -> listeners.publishing(1, () -> {
			throw new IllegalArgumentException("of ours");
		})).withMessage("of ours");
		assertThat(this.told).containsExactly("first {", "swallowed");
	}

	@Test
	void whatBecomesOfAResumeIsToldWhoWantsToKnow() {
		SubscriptionListener failing = new SubscriptionListener() {

			@Override
			public ResumeListener resuming(TableName table) {
				throw new IllegalStateException("of the application");
			}

		};
		SubscriptionListener telling = new SubscriptionListener() {

			@Override
			public ResumeListener resuming(TableName table) {
				return new ResumeListener() {

					@Override
					public void decided(ResumeOutcome outcome) {
						ListenersTests.this.told.add(outcome.name());
					}

					@Override
					public void caughtUp() {
						throw new IllegalStateException("of the application");
					}

				};
			}

		};
		ResumeListener resuming = new SubscriptionListeners(
				new Listeners<>(List.of(failing, SubscriptionListener.NONE, telling)))
			.resuming(NOTES);
		resuming.decided(ResumeOutcome.CONTINUED);
		resuming.caughtUp();
		assertThat(this.told).containsExactly("CONTINUED");
		assertThat(new SubscriptionListeners(new Listeners<>(List.of(SubscriptionListener.NONE))).resuming(NOTES))
			.isSameAs(ResumeListener.NONE);
	}

	private Around around(String name) {
		return new Around((work) -> {
			this.told.add(name + " {");
			work.run();
			this.told.add(name + " }");
		});
	}

	private static PipelineListeners pipeline(PipelineListener... listeners) {
		return new PipelineListeners(new Listeners<>(List.of(listeners)));
	}

	private record Around(Consumer<Runnable> what) implements PipelineListener {

		@Override
		public void publishing(int changes, Runnable work) {
			this.what.accept(work);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Two {

		@Bean
		@Order(2)
		Around second() {
			return new Around(Runnable::run);
		}

		@Bean
		@Order(1)
		Around first() {
			return new Around(Runnable::run);
		}

	}

}
