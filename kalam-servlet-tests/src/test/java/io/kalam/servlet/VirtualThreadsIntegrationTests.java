package io.kalam.servlet;

import java.time.Duration;

import io.kalam.operations.RealtimeEvent;
import io.kalam.operations.RealtimeOperations;
import io.kalam.operations.RealtimeOptions;
import io.kalam.servlet.notes.Note;
import io.kalam.testing.EventStreamClient;
import io.kalam.testing.PinnedThreads;
import io.kalam.testing.RealtimeTestSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring MVC with {@code spring.threads.virtual.enabled}, as all applications of these
 * tests: requests run on virtual threads, and nothing of Kalam pins one, whatever clients
 * and Java code do. The first visit loads classes, which pins whoever is the first to
 * need one.
 */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "This Java has no virtual threads: run it on 21 or later")
class VirtualThreadsIntegrationTests {

	private static final String QUERY = "SELECT id, body FROM note";

	private static final String TOKEN = RunningApplication.token("alice");

	private static final int NOTES = 50;

	@Test
	void nothingOfKalamPinsThem() {
		try (RunningApplication application = new RunningApplication(Threads.class)) {
			visit(application);
			try (PinnedThreads pinned = PinnedThreads.watch()) {
				visit(application);
				PinnedThreads.Seen seen = pinned.end();
				assertThat(seen.started()).isGreaterThan(NOTES);
				assertThat(seen.pinned()).isEmpty();
			}
		}
	}

	private static void visit(RunningApplication application) {
		String place = snapshotAndLive(application);
		application.post("/notes", "missed", headers());
		try (EventStreamClient stream = stream(application, place)) {
			assertThat(stream.until("transaction").at("/changes/0/row/body").asString()).isEqualTo("missed");
		}
		assertThat(application.get("/thread", headers()).body()).startsWith("VirtualThread[");
		assertThat(application.get("/row", headers()).body()).isEqualTo("a row");
	}

	private static String snapshotAndLive(RunningApplication application) {
		application.post("/notes", "first", headers());
		try (RealtimeTestSocket alice = application.connect("alice");
				EventStreamClient stream = stream(application, null)) {
			alice.subscribe("notes", QUERY);
			assertThat(alice.await("initial_data_batch").toString()).contains("first");
			alice.await("mark");
			stream.place();
			for (int i = 1; i <= NOTES; i++) {
				application.post("/notes", "note " + i, headers());
			}
			for (int i = 1; i <= NOTES; i++) {
				alice.await("transaction");
				stream.until("transaction");
			}
			return String.valueOf(stream.lastEventId());
		}
	}

	private static EventStreamClient stream(RunningApplication application, String place) {
		return EventStreamClient.open(application.socket().getPort(), TOKEN, QUERY, place).reading();
	}

	private static String[] headers() {
		return new String[] { "Authorization", "Bearer " + TOKEN, "Content-Type", "text/plain" };
	}

	/**
	 * Waits, as Java code on a virtual thread may.
	 */
	@RestController
	static class Threads {

		private final RealtimeOperations operations;

		Threads(RealtimeOperations operations) {
			this.operations = operations;
		}

		@GetMapping("/thread")
		String thread() {
			return Thread.currentThread().toString();
		}

		@GetMapping("/row")
		String row() {
			RealtimeEvent<Note> event = this.operations.live(Note.class, RealtimeOptions.owner("alice"), QUERY)
				.blockFirst(Duration.ofSeconds(60));
			return (event instanceof RealtimeEvent.Existing<Note>) ? "a row" : String.valueOf(event);
		}

	}

}
