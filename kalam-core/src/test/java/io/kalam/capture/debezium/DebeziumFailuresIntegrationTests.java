package io.kalam.capture.debezium;

import java.util.Map;

import io.kalam.capture.CaptureException;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.PostgresSettings;
import io.kalam.change.CommittedTransaction;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the listener is told when a source can not go on, and whether trying again helps.
 */
class DebeziumFailuresIntegrationTests {

	private static final String[] TABLE = { "CREATE TABLE items (id int PRIMARY KEY, name text)",
			"ALTER TABLE items REPLICA IDENTITY FULL" };

	@Test
	void anErrorOfTheListenerIsReportedToo() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			Recorder recorder = new Recorder() {

				@Override
				public void onTransaction(CommittedTransaction transaction) {
					throw new StackOverflowError();
				}

			};
			fixture.source().start(fixture.confirmed(), recorder);
			recorder.awaitStreaming();
			fixture.execute("INSERT INTO items VALUES (1, 'a')");
			assertThat(recorder.awaitFailure()).hasRootCauseInstanceOf(StackOverflowError.class);
		}
	}

	@Test
	void aSlotThatIsMissingIsAPermanentFailureAndIsNotMade() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			fixture.execute("SELECT pg_drop_replication_slot('" + fixture.slot + "')");
			CaptureException failure = failure(fixture, fixture.settings(fixture.postgres, Map.of()));
			assertThat(failure.isPermanent()).isTrue();
			assertThat(failure).hasMessageContaining(fixture.slot).hasMessageContaining("does not exist");
			assertThat(
					fixture.query("SELECT count(*) FROM pg_replication_slots WHERE slot_name = '" + fixture.slot + "'"))
				.isEqualTo("0");
		}
	}

	@Test
	void aPublicationThatIsMissingIsAPermanentFailure() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			fixture.execute("DROP PUBLICATION pub");
			CaptureException failure = failure(fixture, fixture.settings(fixture.postgres, Map.of()));
			assertThat(failure.isPermanent()).isTrue();
			assertThat(failure).hasMessageContaining("publication pub");
		}
	}

	@Test
	void aSlotInUseIsAPassingFailure() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			fixture.start();
			CaptureException failure = failure(fixture, fixture.settings(fixture.postgres, Map.of()));
			assertThat(failure.isPermanent()).isFalse();
			assertThat(failure).hasMessageContaining("in use");
			assertThat(fixture.isActive()).isTrue();
		}
	}

	@Test
	void aWrongPasswordIsAPermanentFailure() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.execute("CREATE ROLE wrong LOGIN REPLICATION PASSWORD 'right'");
			PostgresSettings wrong = with(fixture.postgres, "nobody_at_all", "hunter2");
			CaptureException failure = failure(fixture, fixture.settings(wrong, Map.of()));
			assertThat(failure.isPermanent()).isTrue();
			assertThat(failure).hasMessageContaining("refuses the login").hasMessageNotContaining("hunter2");
			fixture.execute("DROP ROLE wrong");
		}
	}

	@Test
	void aMissingPrivilegeIsAPermanentFailure() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			fixture.execute("CREATE ROLE \"plain-role\" LOGIN PASSWORD 'plain'");
			DebeziumSettings settings = fixture.settings(with(fixture.postgres, "plain-role", "plain"), Map.of());
			CaptureException failure = failure(fixture, settings);
			assertThat(failure.isPermanent()).isTrue();
			assertThat(failure).hasMessageContaining("ALTER ROLE \"plain-role\" REPLICATION;");
			fixture.execute(String.valueOf(failure.getMessage()).replaceAll(".*(ALTER ROLE .*;).*", "$1"));
			Recorder cured = new Recorder();
			DebeziumChangeSource source = fixture.source(settings);
			source.start(fixture.confirmed(), cured);
			cured.awaitStreaming();
			source.stop();
			fixture.execute("DROP ROLE \"plain-role\"");
		}
	}

	@Test
	void aDatabaseThatIsMissingIsAPermanentFailure() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			PostgresSettings p = fixture.postgres;
			PostgresSettings other = new PostgresSettings(p.host(), p.port(), "nowhere", p.user(), p.password(),
					Map.of());
			CaptureException failure = failure(fixture, fixture.settings(other, Map.of()));
			assertThat(failure.isPermanent()).isTrue();
			assertThat(failure).hasMessageContaining("database does not exist");
		}
	}

	@Test
	void aDatabaseThatIsAwayIsAPassingFailure() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			PostgresSettings p = fixture.postgres;
			PostgresSettings away = new PostgresSettings(p.host(), 1, p.database(), p.user(), p.password(), Map.of());
			assertThat(failure(fixture, fixture.settings(away, Map.of())).isPermanent()).isFalse();
		}
	}

	@Test
	void aConnectionThatIsCutIsAPassingFailureAndTheSlotIsFree() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			Recorder recorder = fixture.start();
			fixture.query("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '"
					+ fixture.slot + "'");
			CaptureException failure = recorder.awaitFailure();
			assertThat(failure.isPermanent()).isFalse();
			assertThat(recorder.failures).hasSize(1);
			assertThat(fixture.isActive()).isFalse();
			Recorder again = fixture.start();
			fixture.execute("INSERT INTO items VALUES (1, 'a')");
			again.awaitTransaction();
		}
	}

	@Test
	void aListenerThatThrowsEndsTheSource() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			Recorder recorder = new Recorder() {

				@Override
				public void onTransaction(CommittedTransaction transaction) {
					throw new IllegalStateException("no");
				}

			};
			fixture.source().start(fixture.confirmed(), recorder);
			recorder.awaitStreaming();
			fixture.execute("INSERT INTO items VALUES (1, 'a')");
			assertThat(recorder.awaitFailure()).hasRootCauseMessage("no");
			assertThat(fixture.isActive()).isFalse();
		}
	}

	private static CaptureException failure(CaptureFixture fixture, DebeziumSettings settings) {
		Recorder recorder = new Recorder();
		fixture.source(settings).start(new Lsn(1), recorder);
		return recorder.awaitFailure();
	}

	private static PostgresSettings with(PostgresSettings settings, String user, String password) {
		return new PostgresSettings(settings.host(), settings.port(), settings.database(), user, password, Map.of());
	}

}
