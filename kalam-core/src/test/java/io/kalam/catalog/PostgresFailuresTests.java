package io.kalam.catalog;

import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresFailuresTests {

	private final PostgresSettings settings = new PostgresSettings("db", 6432, "desk", "app", "s3cr3t",
			Map.of("sslpassword", "s3cr3t"));

	@Test
	void aPoolerIsNoServer() {
		assertThat(connecting(new SQLException("FATAL: unsupported startup parameter: options", "08P01")))
			.isInstanceOf(StartupCheckException.class)
			.hasMessageContaining("Is it a connection pooler?")
			.hasMessageContaining("app@db:6432/desk");
	}

	@Test
	void aCertificateWillNotGetBetter() {
		SQLException refused = new SQLException("SSL error", "08006", new CertificateException("expired"));
		assertThat(connecting(refused)).isInstanceOf(StartupCheckException.class).hasMessageContaining("sslrootcert");
		assertThat(connecting(new SQLException("SSL error", "08006"))).isInstanceOf(DatabaseUnavailableException.class);
	}

	@Test
	void whatIsUnknownNamesItsState() {
		assertThat(connecting(new SQLException("no\nat all", "55000"))).isInstanceOf(StartupCheckException.class)
			.hasMessageContaining("app@db:6432/desk: no. ")
			.hasMessageContaining("SQLSTATE 55000")
			.hasMessageNotContaining("at all");
		assertThat(PostgresFailures.working(new SQLException("no", "42501"), this.settings))
			.isInstanceOf(StartupCheckException.class)
			.hasMessageContaining("GRANT");
		assertThat(PostgresFailures.working(new SQLException("no", "57P01"), this.settings))
			.isInstanceOf(DatabaseUnavailableException.class)
			.hasMessage("Postgres can't serve app@db:6432/desk now: no");
	}

	@Test
	void noSecretIsTold() {
		for (String state : new String[] { "28P01", "28000", "3D000", "42501", "08004", "08P01", "08006", "XX000" }) {
			assertThat(connecting(new SQLException("no", state)).getMessage()).doesNotContain("s3cr3t");
		}
	}

	private RuntimeException connecting(SQLException ex) {
		return PostgresFailures.connecting(ex, this.settings);
	}

}
