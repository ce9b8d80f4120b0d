package io.kalam.boot.test;

import java.net.URI;

import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Where the application's socket is.
 *
 * @param context the application
 * @param path the path of the endpoint
 */
record SocketAddress(ApplicationContext context, String path) {

	/**
	 * The address at this moment: the port may be another one after a restart.
	 * @return a URI
	 * @throws IllegalStateException if no web server listens
	 */
	URI uri() {
		Environment environment = this.context.getEnvironment();
		String port = environment.getProperty("local.server.port");
		if (port == null) {
			throw new IllegalStateException("No web server listens in this test, and users come by a socket. "
					+ "Write @RealtimeTest, or @SpringBootTest(webEnvironment = RANDOM_PORT); the application needs "
					+ "spring-boot-starter-webflux, or spring-boot-starter-webmvc with Tomcat.");
		}
		String prefix = environment.getProperty("server.servlet.context-path",
				environment.getProperty("spring.webflux.base-path", ""));
		return URI.create("ws://localhost:" + port + prefix + this.path);
	}

}
