package io.kalam.catalog;

import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Recognises failures to connect that certificates are the reason of: the server's, or
 * ours. Postgres has no SQLSTATE for them, nor does the driver.
 */
final class CertificateFailures {

	/** In English, and in what most of its translations say. */
	private static final String CERTIFICATE = "ertifi";

	/** In every language: the class that has looked at the name. */
	private static final String VERIFIER = "hostnameverifier";

	private CertificateFailures() {
	}

	/**
	 * Looks for certificates in a failure.
	 * @param ex what the driver threw
	 * @param settings how we tried to connect
	 * @return what to do, or {@code null} if certificates have nothing to do with it
	 */
	static @Nullable Finding finding(SQLException ex, PostgresSettings settings) {
		String text = PostgresFailures.text(ex);
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		if (state.equals("28P01") && settings.properties().containsKey("sslcert")) {
			return passwordOrCertificate(settings);
		}
		if (state.startsWith("28") && text.contains(CERTIFICATE)) {
			return new Finding("Postgres doesn't let role " + role(settings)
					+ " in without a certificate that it trusts (" + settings + "): " + text + ".",
					"Give the connection " + ours(settings) + '.');
		}
		if (text.toLowerCase(Locale.ROOT).contains(VERIFIER)) {
			return new Finding(
					"The server's certificate is one for other names than " + settings.host() + " (" + settings + ").",
					"Connect by a name that is in the certificate (the application's URL, or kalam.postgres.host), or have "
							+ "only its authority checked: kalam.postgres.properties.sslmode=verify-ca.");
		}
		return isUntrusted(ex) ? untrusted(text, settings) : null;
	}

	private static Finding passwordOrCertificate(PostgresSettings settings) {
		String role = role(settings);
		return new Finding(
				"Postgres refuses the password of role " + role + ", or the certificate that came with it (" + settings
						+ ").",
				"ALTER ROLE " + role
						+ " LOGIN PASSWORD '…'; or give the application the right password; and if a line of "
						+ "pg_hba.conf says clientcert=verify-full, " + ours(settings) + '.');
	}

	private static String ours(PostgresSettings settings) {
		return "a certificate with CN=" + settings.user()
				+ " that an authority in the server's ssl_ca_file has signed: "
				+ "kalam.postgres.ssl.bundle=NAME with spring.ssl.bundle.pem.NAME.keystore.certificate and "
				+ "spring.ssl.bundle.pem.NAME.keystore.private-key, or the connection's sslcert and sslkey "
				+ "(kalam.postgres.properties.sslcert) with their files";
	}

	private static Finding untrusted(String text, PostgresSettings settings) {
		return new Finding("The server's certificate is refused (" + settings + "): " + text,
				"Have it checked against the authority that signed it: kalam.postgres.ssl.bundle=NAME with "
						+ "spring.ssl.bundle.pem.NAME.truststore.certificate=<its certificate>, or the "
						+ "connection's sslrootcert (kalam.postgres.properties.sslrootcert) with its file.");
	}

	private static boolean isUntrusted(SQLException ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof GeneralSecurityException) {
				return true;
			}
		}
		return false;
	}

	private static String role(PostgresSettings settings) {
		return Identifiers.sql(settings.user());
	}

}
