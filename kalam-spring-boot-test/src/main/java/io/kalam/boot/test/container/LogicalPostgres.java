package io.kalam.boot.test.container;

import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Makes Postgres containers with {@code wal_level=logical}, which realtime tables need
 * and the image does not have by itself:
 *
 * <pre class="code">
 * &#64;Bean
 * &#64;ServiceConnection
 * PostgreSQLContainer postgres() {
 *     return LogicalPostgres.container("postgres:17");
 * }
 * </pre>
 *
 * Nothing else is to be configured.
 */
public final class LogicalPostgres {

	private LogicalPostgres() {
	}

	/**
	 * A container that has not been started.
	 * @param image the image's name
	 * @return the container
	 * @throws IllegalStateException if the name is none of {@code postgres}
	 */
	public static PostgreSQLContainer container(String image) {
		return container(DockerImageName.parse(image));
	}

	/**
	 * A container that has not been started.
	 * @param image the image's name; of another one than {@code postgres}, as a
	 * compatible substitute for it
	 * @return the container
	 * @throws IllegalStateException if the name is none of {@code postgres}
	 */
	public static PostgreSQLContainer container(DockerImageName image) {
		PostgreSQLContainer container = new PostgreSQLContainer(image);
		container.withCommand("postgres", "-c", "wal_level=logical", "-c", "fsync=off");
		return container;
	}

}
