package io.kalam.servlet;

import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.kalam.access.AccessDecision;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.operations.RealtimeSecurity;
import io.kalam.servlet.notes.NoteRepository;
import io.kalam.testing.RealtimeTestSocket;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A policy of a servlet application that blocks on JPA.
 */
class ServletAccessPolicyIntegrationTests {

	private static final Set<String> HIDDEN = ConcurrentHashMap.newKeySet();

	@Test
	void itDecidesForSnapshotAndLiveAndAgainWhenTold() {
		try (RunningApplication application = new RunningApplication(Policies.class)) {
			HIDDEN.add("hidden");
			add(application, "hidden");
			add(application, "shown");
			try (RealtimeTestSocket alice = application.connect("alice")) {
				alice.subscribe("notes", "SELECT id, body FROM note");
				assertThat(alice.await("initial_data_batch").toString()).contains("shown").doesNotContain("hidden");
				alice.await("mark");
				add(application, "hidden");
				add(application, "another");
				assertThat(alice.await("transaction").toString()).contains("another");
				assertThat(alice.frames().toString()).doesNotContain("hidden");
				HIDDEN.clear();
				application.context()
					.getBean(RealtimeSecurity.class)
					.reevaluateAll()
					.orTimeout(60, TimeUnit.SECONDS)
					.join();
				alice.await("reset");
				assertThat(alice.await("initial_data_batch").toString()).contains("shown", "hidden");
			}
		}
	}

	private static void add(RunningApplication application, String body) {
		HttpResponse<String> answer = application.post("/notes", body, "Authorization",
				"Bearer " + RunningApplication.token("alice"), "Content-Type", "text/plain");
		assertThat(answer.statusCode()).isEqualTo(200);
	}

	@Configuration(proxyBeanMethods = false)
	static class Policies {

		@Bean
		RealtimeAccessPolicy notePolicy(NoteRepository notes) {
			return RealtimeAccessPolicy.blocking("note", (user) -> (notes.count() > 0)
					? AccessDecision.where("NOT body = ANY ($1)", HIDDEN) : AccessDecision.none());
		}

	}

}
