package io.kalam.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.sun.security.auth.module.UnixSystem;
import org.jspecify.annotations.Nullable;

/**
 * As whom Postgres's programs run. Postgres refuses to run as root. Where we are root its
 * programs get a user namespace of their own, in which they have no privileges outside;
 * where the kernel doesn't allow that, as in most containers, they become {@code nobody}
 * for good, without supplementary groups and unable to gain privileges again.
 *
 * @param prefix what precedes each command
 * @param owner who must own what the programs write, or {@code null} if that is us
 */
record RunAs(List<String> prefix, @Nullable String owner) {

	private static final RunAs OURSELVES = new RunAs(List.of(), null);

	private static final String NOBODY = "nobody";

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	static RunAs current(Platform platform) {
		if (platform.isWindows() || new UnixSystem().getUid() != 0) {
			return OURSELVES;
		}
		return forRoot();
	}

	private static RunAs forRoot() {
		RunAs namespace = new RunAs(List.of("unshare", "-U"), null);
		if (namespace.isUnprivileged()) {
			return namespace;
		}
		RunAs nobody = nobody();
		if (nobody.isUnprivileged()) {
			return nobody;
		}
		throw new PlatformUnsupportedException(
				"The application runs as root, as which Postgres refuses to run, and neither 'unshare -U' nor 'setpriv' "
						+ "can start it without root's privileges here.",
				"Run the application as another user, or install the package util-linux, or disable the embedded Postgres "
						+ "with kalam.embedded-postgres.enabled=false.",
				null);
	}

	static RunAs nobody() {
		String group = new RunAs(List.of(), null).output("id", "-g", NOBODY);
		return new RunAs(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + ((group != null) ? group : NOBODY),
				"--clear-groups", "--no-new-privs"), NOBODY);
	}

	boolean isUnprivileged() {
		String user = output("id", "-un");
		return user != null && !user.isEmpty() && !"root".equals(user);
	}

	List<String> command(List<String> command) {
		List<String> all = new ArrayList<>(this.prefix);
		all.addAll(command);
		return all;
	}

	/**
	 * Hands a file or directory of ours over to those who run Postgres's programs.
	 * @param path the file or directory
	 * @throws IOException if that fails
	 */
	void give(Path path) throws IOException {
		if (this.owner != null) {
			Files.setOwner(path,
					path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(this.owner));
		}
	}

	private @Nullable String output(String... command) {
		try {
			Command.Result result = Command.run(command(List.of(command)), TIMEOUT);
			return result.succeeded() ? result.output().strip() : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

}
