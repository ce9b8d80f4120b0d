package io.kalam.postgres.embedded;

import java.io.IOException;

/**
 * Starts a server and waits to be ended.
 */
public final class ServingApplication {

	private ServingApplication() {
	}

	public static void main(String[] args) throws IOException {
		EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start();
		long pid = PostmasterFile.read(server.dataDirectory()).pid();
		System.out.println("serving " + pid + " " + server.dataDirectory());
		System.in.read();
	}

}
