package io.kalam.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.FileSystemUtils;

/**
 * The material of an SSL bundle as files in a directory of their own that only this user
 * can read, because files are what all three know that connect: the driver of JDBC, that
 * of R2DBC, and Debezium. New connections use what was written last.
 */
final class SslBundleFiles implements AutoCloseable {

	private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] { '\n' });

	private final Path directory;

	private final Map<String, String> properties = new HashMap<>(Map.of("sslmode", "verify-full"));

	/**
	 * Writes the files.
	 * @param bundle whom to trust, and who we are if the server wants to know
	 */
	SslBundleFiles(SslBundle bundle) {
		try {
			this.directory = Files.createTempDirectory("kalam-ssl");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		write(bundle);
	}

	/**
	 * The connection properties that have the drivers use the files.
	 * @return properties of the JDBC driver
	 */
	Map<String, String> properties() {
		return Map.copyOf(this.properties);
	}

	/**
	 * Writes the files anew, whole.
	 * @param bundle what has become of the bundle
	 */
	void write(SslBundle bundle) {
		try {
			trust(bundle.getStores().getTrustStore());
			identify(bundle);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The SSL bundle of kalam.postgres.ssl.bundle can't be read", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void trust(@Nullable KeyStore store) throws GeneralSecurityException, IOException {
		if (store != null) {
			List<Certificate> trusted = new ArrayList<>();
			for (String alias : Collections.list(store.aliases())) {
				trusted.add(store.getCertificate(alias));
			}
			this.properties.put("sslrootcert", write("root.crt", pem(trusted)));
		}
	}

	private void identify(SslBundle bundle) throws GeneralSecurityException, IOException {
		KeyStore store = bundle.getStores().getKeyStore();
		String alias = (store != null) ? alias(store, bundle.getKey().getAlias()) : null;
		if (store == null || alias == null) {
			return;
		}
		Key key = store.getKey(alias, password(bundle));
		this.properties.put("sslcert", write("client.crt", pem(List.of(store.getCertificateChain(alias)))));
		this.properties.put("sslkey", write("client.key", pem("PRIVATE KEY", key.getEncoded())));
		this.properties.put("pemKeyAlgorithm", key.getAlgorithm());
	}

	private static @Nullable String alias(KeyStore store, @Nullable String wanted) throws GeneralSecurityException {
		for (String alias : Collections.list(store.aliases())) {
			if (store.isKeyEntry(alias) && (wanted == null || wanted.equalsIgnoreCase(alias))) {
				return alias;
			}
		}
		return null;
	}

	private static char[] password(SslBundle bundle) {
		String ofKey = bundle.getKey().getPassword();
		String password = (ofKey != null) ? ofKey : bundle.getStores().getKeyStorePassword();
		return (password != null) ? password.toCharArray() : new char[0];
	}

	private static String pem(List<Certificate> certificates) throws GeneralSecurityException {
		StringBuilder all = new StringBuilder();
		for (Certificate certificate : certificates) {
			all.append(pem("CERTIFICATE", certificate.getEncoded()));
		}
		return all.toString();
	}

	private static String pem(String type, byte[] content) {
		return "-----BEGIN " + type + "-----\n" + BASE64.encodeToString(content) + "\n-----END " + type + "-----\n";
	}

	private String write(String name, String content) throws IOException {
		Path file = this.directory.resolve(name);
		Path fresh = Files.createTempFile(this.directory, name, ".new");
		Files.write(fresh, content.getBytes(StandardCharsets.US_ASCII));
		Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
		return file.toString();
	}

	@Override
	public void close() throws IOException {
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
