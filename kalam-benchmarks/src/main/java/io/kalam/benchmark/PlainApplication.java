package io.kalam.benchmark;

import java.io.IOException;

import io.kalam.benchmark.application.ItemsApplication;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application without Kalam. When it is ready it tells its port, and then its memory
 * as often as it is asked.
 */
public final class PlainApplication {

	private PlainApplication() {
	}

	/**
	 * Runs until standard input ends.
	 * @param arguments properties of the application
	 * @throws IOException if standard input can't be read
	 */
	public static void main(String[] arguments) throws IOException {
		ConfigurableApplicationContext context = start(arguments);
		ServerProcess.answer();
		context.close();
	}

	/**
	 * Starts the application, up to its {@code ApplicationReadyEvent}, and tells its
	 * port.
	 */
	static ConfigurableApplicationContext start(String... arguments) {
		ConfigurableApplicationContext context = SpringApplication.run(ItemsApplication.class, arguments);
		ServerProcess.ready(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
		return context;
	}

}
