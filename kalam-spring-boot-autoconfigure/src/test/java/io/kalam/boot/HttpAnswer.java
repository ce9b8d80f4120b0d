package io.kalam.boot;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of an application's HTTP server, on a connection of its own.
 *
 * @param status its status
 * @param body its body, missing if it is no JSON
 */
record HttpAnswer(int status, JsonNode body) {

	static HttpAnswer to(HttpRequest.Builder request) {
		HttpResponse<String> response = send(request).join();
		JsonMapper json = JsonMapper.shared();
		return new HttpAnswer(response.statusCode(),
				response.body().startsWith("{") ? json.readTree(response.body()) : json.missingNode());
	}

	/**
	 * The whole answer, when it has ended.
	 */
	static CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		return client.sendAsync(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
	}

}
