package io.kalam.catalog;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * The checks of a table that is dropped and created again while they look at it.
 */
class ReplacedTableChecksIntegrationTests {

	private final Checks checks = Checks.of(TestPostgres.createDatabase(), Checks.table("app.tickets", "assignee_id"));

	/**
	 * It may be tried again if there was no time in which nothing changed.
	 */
	@Test
	void findsNothingWrongWithATableThatIsReplaced() throws Exception {
		String create = "CREATE TABLE app.tickets (id int PRIMARY KEY, assignee_id text); "
				+ "ALTER TABLE app.tickets REPLICA IDENTITY FULL; ";
		this.checks.reset();
		this.checks.execute(create);
		AtomicBoolean stop = new AtomicBoolean();
		CompletableFuture<Void> replacing = CompletableFuture.runAsync(() -> {
			while (!stop.get()) {
				this.checks.execute("BEGIN; DROP TABLE app.tickets; " + create + "COMMIT", "SELECT pg_sleep(0.02)");
			}
		});
		try {
			for (int i = 0; i < 60; i++) {
				assertThatCode(this.checks::run).satisfiesAnyOf((thrown) -> assertThat(thrown).isNull(),
						(thrown) -> assertThat(thrown).isInstanceOf(DatabaseUnavailableException.class));
			}
		}
		finally {
			stop.set(true);
			replacing.get(60, TimeUnit.SECONDS);
		}
		assertThat(this.checks.findings()).isEmpty();
	}

}
