package io.kalam.catalog;

import java.util.List;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * What the database has to have before we can stream.
 *
 * @param slot the name of the replication slot; lower-case letters, digits and
 * underscores, at most 63
 * @param publication the name of the publication
 * @param manage what we may make by ourselves
 * @param manageReplicaIdentity whether we may set {@code REPLICA IDENTITY FULL} on the
 * application's tables
 * @param tables the realtime tables
 */
public record StartupRequirements(String slot, String publication, Manage manage, boolean manageReplicaIdentity,
		List<RequiredTable> tables) {

	private static final Pattern SLOT_NAME = Pattern.compile("[a-z0-9_]{1,63}");

	public StartupRequirements {
		Assert.isTrue(SLOT_NAME.matcher(slot).matches(), () -> "The name of a replication slot (kalam.postgres.slot) "
				+ "has 1 to 63 lower-case letters, digits and underscores, unlike '" + slot + "'");
		Assert.hasLength(publication, "publication must not be empty");
		tables = List.copyOf(tables);
	}

}
