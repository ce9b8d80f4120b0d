package io.kalam.benchmark;

import java.io.IOException;
import java.nio.file.Path;

import reactor.netty.http.server.HttpServer;

/**
 * Kalam's endpoint over a history that is already in the durable journal, without a
 * database.
 */
public final class ResumeServer {

	private ResumeServer() {
	}

	/**
	 * Serves until standard input ends; prints the port to standard output.
	 * @param arguments the directory of the journal
	 * @throws IOException if standard input can't be read
	 */
	public static void main(String[] arguments) throws IOException {
		try (KalamHistory history = KalamHistory.open(Path.of(arguments[0]))) {
			ServerProcess.serve(KalamServer.serve(HttpServer.create(), history.engine()).port());
		}
	}

}
