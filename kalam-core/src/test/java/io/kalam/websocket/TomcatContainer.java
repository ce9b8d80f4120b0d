package io.kalam.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.kalam.testing.EventStreamClient;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

import org.springframework.util.FileSystemUtils;

/**
 * A servlet in Tomcat, with a handful of threads: no socket may keep one.
 */
final class TomcatContainer implements TestContainer {

	private static final Logger LOGGER = Logger.getLogger("org.apache");

	private final Tomcat tomcat = new Tomcat();

	private final Path directory;

	TomcatContainer(RealtimeConnections connections, WebSocketSettings settings) {
		this(connections, settings, (connector) -> {
		});
	}

	TomcatContainer(RealtimeConnections connections, WebSocketSettings settings, Consumer<Connector> customizer) {
		LOGGER.setLevel(Level.SEVERE);
		try {
			this.directory = Files.createTempDirectory("kalam-tomcat");
			this.tomcat.setBaseDir(this.directory.toString());
			this.tomcat.setPort(0);
			this.tomcat.getConnector().setProperty("address", "127.0.0.1");
			this.tomcat.getConnector().setProperty("maxThreads", "4");
			customizer.accept(this.tomcat.getConnector());
			Context context = this.tomcat.addContext("", null);
			Tomcat.addServlet(context, "kalam", new RealtimeServlet(connections, settings));
			context.addServletMappingDecoded(settings.path(), "kalam");
			Tomcat.addServlet(context, "streams", new EventStreamServlet(connections, settings))
				.setAsyncSupported(true);
			context.addServletMappingDecoded(EventStreamClient.PATH, "streams");
			this.tomcat.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public int port() {
		return this.tomcat.getConnector().getLocalPort();
	}

	@Override
	public void close() {
		try {
			this.tomcat.stop();
			this.tomcat.destroy();
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
