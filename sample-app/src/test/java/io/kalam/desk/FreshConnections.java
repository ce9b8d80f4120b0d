package io.kalam.desk;

import java.time.Duration;

import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webtestclient.autoconfigure.WebTestClientBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

/**
 * Has every request of a test sent on a connection of its own. On one that is used again
 * the server leaves a request unanswered about once in a hundred times, after one whose
 * token was refused (also in an application without Kalam).
 */
@TestConfiguration(proxyBeanMethods = false)
class FreshConnections {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Bean
	WebTestClientBuilderCustomizer freshConnections() {
		return (builder) -> builder.responseTimeout(PATIENCE)
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create(ConnectionProvider.newConnection())));
	}

}
