package io.kalam.boot.actuate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * How users, owners and queries are shown: as they are, or so that who reads it can tell
 * one from another and not who it is. The hash has a key that ends with the process, so
 * that names can't be found by trying.
 */
final class Names {

	private static final String ALGORITHM = "HmacSHA256";

	private static final int DIGITS = 12;

	private static final SecretKeySpec KEY = newKey();

	private final boolean shown;

	Names(boolean shown) {
		this.shown = shown;
	}

	/**
	 * A user, or the owner of a row.
	 */
	String of(String name) {
		return this.shown ? name : "#" + hash(name).substring(0, DIGITS);
	}

	/**
	 * Something that is not shown at all if names are not.
	 */
	@Nullable String orNull(String text) {
		return this.shown ? text : null;
	}

	private static SecretKeySpec newKey() {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		return new SecretKeySpec(key, ALGORITHM);
	}

	private static String hash(String name) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(KEY);
			return HexFormat.of().formatHex(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

}
