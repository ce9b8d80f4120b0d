package io.kalam.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An authority that signs certificates, by the JDK's {@code keytool}, and leaves them as
 * files: {@code NAME.crt} with the chain, {@code NAME.key}, and all of them in
 * {@code keys.p12}.
 */
final class CertificateAuthority {

	static final String PASSWORD = "password";

	private static final String ROOT = "root";

	private final Path directory;

	/**
	 * Makes the authority.
	 * @param directory where the files go; empty
	 */
	CertificateAuthority(Path directory) {
		this.directory = directory;
		generate(ROOT, "EC", "CN=Authority of " + directory.getFileName(), "-ext", "bc:critical=ca:true");
	}

	/**
	 * The authority's own certificate.
	 */
	Path root() {
		return file(ROOT + ".crt");
	}

	/**
	 * All keys and certificates.
	 */
	Path store() {
		return file("keys.p12");
	}

	Path file(String name) {
		return this.directory.resolve(name);
	}

	/**
	 * Signs the certificate of a server.
	 * @param name the name of its files
	 * @param names how it may be called, as {@code keytool} writes it
	 */
	void server(String name, String names) {
		generate(name, "RSA", "CN=" + name, "-signer", ROOT, "-ext", "san=" + names);
	}

	/**
	 * Signs the certificate of a client.
	 * @param name the name of its files, and of its login
	 * @param algorithm the algorithm of its key
	 */
	void client(String name, String algorithm) {
		generate(name, algorithm, "CN=" + name, "-signer", ROOT);
	}

	private void generate(String name, String algorithm, String subject, String... more) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
						name, "-keyalg", algorithm, "-dname", subject, "-validity", "30", "-storetype", "PKCS12",
						"-keystore", store().toString(), "-storepass", PASSWORD));
		command.addAll(List.of(more));
		try {
			Process keytool = new ProcessBuilder(command).inheritIO().start();
			if (!keytool.waitFor(120, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
				throw new IllegalStateException("keytool did not make " + name);
			}
			export(name);
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void export(String name) throws IOException, GeneralSecurityException {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store())) {
			keys.load(in, PASSWORD.toCharArray());
		}
		StringBuilder chain = new StringBuilder();
		for (Certificate certificate : keys.getCertificateChain(name)) {
			chain.append(pem("CERTIFICATE", certificate.getEncoded()));
		}
		write(name + ".crt", chain.toString());
		write(name + ".key", pem("PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded()));
	}

	private static String pem(String type, byte[] content) {
		String encoded = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content);
		return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, encoded);
	}

	private void write(String name, String content) throws IOException {
		Files.writeString(file(name), content, StandardCharsets.US_ASCII);
		Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rw-------"));
	}

}
