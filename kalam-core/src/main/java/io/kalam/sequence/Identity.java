package io.kalam.sequence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

import io.kalam.catalog.Lsn;

/**
 * Which history the reader of a slot tells, as the database itself remembers it.
 *
 * @param slot the slot's name
 * @param generation how often history was lost or rewritten
 * @param incarnation drawn anew for each generation
 * @param heartbeat how often the heart has beaten; a lower number than one seen earlier
 * means that the database went back
 * @param acknowledged the slot has not been told a position behind this one
 * @param systemIdentifier the cluster in which the generation began
 * @param databaseOid the database in which it began
 * @param publicationOid the publication that is read
 */
public record Identity(String slot, Generation generation, UUID incarnation, long heartbeat, Lsn acknowledged,
		long systemIdentifier, long databaseOid, long publicationOid) {

	private static final int EPOCH_BYTES = 12;

	/**
	 * The epoch of this history.
	 * @return the same for every node that reads this history, and for no other one
	 */
	public Epoch epoch() {
		String text = this.systemIdentifier + "/" + this.databaseOid + "/" + this.generation.value() + "/"
				+ this.incarnation;
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return new Epoch(Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, EPOCH_BYTES)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
