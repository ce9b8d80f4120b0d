package io.kalam.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A disk that can really be full: 24 MiB in memory. Tests that need one are skipped where
 * nobody may mount one.
 */
public final class SmallDisk implements BeforeEachCallback, AfterEachCallback {

	private Path mountPoint = Path.of("");

	private boolean mounted;

	@Override
	public void beforeEach(ExtensionContext context) throws IOException, InterruptedException {
		this.mountPoint = Files.createTempDirectory("small-disk");
		this.mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", this.mountPoint.toString());
		Assumptions.assumeTrue(this.mounted, "mount -t tmpfs is not permitted");
	}

	@Override
	public void afterEach(ExtensionContext context) throws IOException, InterruptedException {
		if (this.mounted && !run("umount", this.mountPoint.toString())) {
			throw new IllegalStateException(this.mountPoint + " is still in use");
		}
		Files.delete(this.mountPoint);
	}

	/**
	 * Where it is.
	 */
	public Path path() {
		return this.mountPoint;
	}

	/**
	 * Leaves no room.
	 * @return the file to be deleted to make room again
	 */
	public Path fill() {
		Path ballast = this.mountPoint.resolve("ballast");
		try (OutputStream out = Files.newOutputStream(ballast)) {
			byte[] block = new byte[4096];
			while (true) {
				out.write(block);
			}
		}
		catch (IOException ex) {
			return ballast;
		}
	}

	private static boolean run(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
	}

}
