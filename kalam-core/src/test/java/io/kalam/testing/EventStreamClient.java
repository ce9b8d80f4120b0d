package io.kalam.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of event streams, which reads nothing before it is told to.
 */
public final class EventStreamClient implements AutoCloseable {

	/**
	 * Where event streams are.
	 */
	public static final String PATH = "/v1/sse";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final HttpResponse<InputStream> response;

	private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

	private @Nullable String lastEventId;

	private EventStreamClient(HttpResponse<InputStream> response) {
		this.response = response;
	}

	public static URI uri(int port, String query) {
		return URI.create("http://127.0.0.1:" + port + PATH + query);
	}

	public static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * Sends a request and waits for the head of the answer.
	 */
	public static HttpResponse<InputStream> send(HttpRequest request) {
		try {
			return HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static EventStreamClient open(int port, String token, String sql, @Nullable String lastEventId) {
		return openEncoded(port, token, encoded(sql), lastEventId);
	}

	public static EventStreamClient openEncoded(int port, String token, String sql, @Nullable String lastEventId) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(port, "?sql=" + sql))
			.header("Authorization", "Bearer " + token);
		if (lastEventId != null) {
			request.header("Last-Event-ID", lastEventId);
		}
		HttpResponse<InputStream> response = send(request.build());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/event-stream"));
		return new EventStreamClient(response);
	}

	/**
	 * Reads from now on.
	 */
	public EventStreamClient reading() {
		Thread thread = new Thread(this::read, "stream-client");
		thread.setDaemon(true);
		thread.start();
		return this;
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(this.response.body(), StandardCharsets.UTF_8))) {
			Event event = new Event(null, null, "");
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				event = event.with(line);
				if (line.isEmpty()) {
					this.events.add(event);
					event = new Event(null, null, "");
				}
			}
			this.events.add(new Event(null, "end", ""));
		}
		catch (IOException ex) {
			this.events.add(new Event(null, "broken", ""));
		}
	}

	public @Nullable String lastEventId() {
		return this.lastEventId;
	}

	public Event next() {
		try {
			Event event = this.events.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			assertThat(event).as("an event comes").isNotNull();
			this.lastEventId = (event.id() == null) ? this.lastEventId : event.id().isEmpty() ? null : event.id();
			return event;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public Event until(Predicate<Event> wanted) {
		Event event = next();
		while (!wanted.test(event)) {
			assertThat(event.name()).as("before %s", event).isNotIn("end", "broken", "close");
			event = next();
		}
		return event;
	}

	public JsonNode until(String type) {
		return until((event) -> event.is(type)).json();
	}

	/**
	 * Reads until the stream could be taken up.
	 */
	public String place() {
		until((event) -> event.id() != null && !event.id().isEmpty());
		return String.valueOf(this.lastEventId);
	}

	@Override
	public void close() {
		try {
			this.response.body().close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * An event; one without data is a comment.
	 */
	public record Event(@Nullable String id, @Nullable String name, String data) {

		public Event with(String line) {
			if (line.startsWith("id: ")) {
				return new Event(line.substring(4), this.name, this.data);
			}
			if (line.startsWith("event: ")) {
				return new Event(this.id, line.substring(7), this.data);
			}
			return line.startsWith("data: ") ? new Event(this.id, this.name, this.data + line.substring(6)) : this;
		}

		public boolean is(String type) {
			return !this.data.isEmpty() && json().path("type").asString("").equals(type);
		}

		public JsonNode json() {
			return JsonMapper.shared().readTree(this.data);
		}

	}

}
