package io.kalam.servlet;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kalam.protocol.CloseReason;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.websocket.AuthenticationFailure;
import io.kalam.websocket.ConnectionListener;
import io.kalam.websocket.UpgradeRefusal;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with several listeners, one of which is broken.
 */
class ServletListenersIntegrationTests {

	@Test
	void allAreToldInTheirOrderAndWhatOneThrowsHarmsNobody() {
		try (RunningApplication application = new RunningApplication(Several.class)) {
			List<Object> told = application.context().getBean(Several.class).told;
			assertThat(application.get("/v1/ws").statusCode()).isEqualTo(426);
			assertThat(told).containsExactly("broken", "first", UpgradeRefusal.NO_UPGRADE, "second",
					UpgradeRefusal.NO_UPGRADE);
			told.clear();
			try (RealtimeTestSocket nobody = RealtimeTestSocket.connect(application.socket())) {
				nobody.authenticate("wrong");
				nobody.await("auth_error");
				assertThat(nobody.awaitClosed().code()).isEqualTo(4401);
			}
			assertThat(told).containsExactly("broken", "first", AuthenticationFailure.INVALID, "second",
					AuthenticationFailure.INVALID, "broken", "first", CloseReason.UNAUTHENTICATED, "second",
					CloseReason.UNAUTHENTICATED);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Several {

		private final List<Object> told = new CopyOnWriteArrayList<>();

		@Bean
		@Order(3)
		ConnectionListener second() {
			return new Telling("second", false);
		}

		@Bean
		@Order(2)
		ConnectionListener first() {
			return new Telling("first", false);
		}

		@Bean
		@Order(1)
		ConnectionListener broken() {
			return new Telling("broken", true);
		}

		private final class Telling implements ConnectionListener {

			private final String name;

			private final boolean broken;

			Telling(String name, boolean broken) {
				this.name = name;
				this.broken = broken;
			}

			@Override
			public void authenticationFailed(AuthenticationFailure reason) {
				tell(reason);
			}

			@Override
			public void refused(UpgradeRefusal reason) {
				tell(reason);
			}

			@Override
			public void closed(CloseReason reason) {
				tell(reason);
			}

			private void tell(Object reason) {
				Several.this.told.add(this.name);
				if (this.broken) {
					throw new IllegalStateException("of the application");
				}
				Several.this.told.add(reason);
			}

		}

	}

}
