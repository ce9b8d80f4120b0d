package io.kalam.boot;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import io.kalam.catalog.Manage;
import io.kalam.pipeline.OnSlotLost;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of Kalam. An application with Postgres and a JWT decoder needs none of them.
 *
 * @param enabled whether realtime tables are served
 * @param failFast whether the application does not start if the database is not fit for
 * realtime tables or away; if not, health is DOWN and it is tried again
 * @param postgres the database that changes are captured from
 * @param capture how changes are captured
 * @param debezium the embedded Debezium engine
 * @param journal the history of changes
 * @param snapshot how snapshots are read
 * @param query limits of live queries
 * @param websocket the WebSocket endpoint
 * @param sse the endpoint of event streams
 * @param security what is taken from the token
 * @param types the TypeScript types of the realtime tables
 */
@ConfigurationProperties("kalam")
public record KalamProperties(@DefaultValue("true") boolean enabled, @DefaultValue("true") boolean failFast,
		@DefaultValue Postgres postgres, @DefaultValue Capture capture, @DefaultValue Debezium debezium,
		@DefaultValue @NestedConfigurationProperty KalamJournalProperties journal, @DefaultValue Snapshot snapshot,
		@DefaultValue @NestedConfigurationProperty KalamQueryProperties query,
		@DefaultValue @NestedConfigurationProperty KalamWebsocketProperties websocket,
		@DefaultValue @NestedConfigurationProperty KalamEventStreamProperties sse, @DefaultValue Security security,
		@DefaultValue @NestedConfigurationProperty KalamTypesProperties types) {

	public KalamProperties {
		PropertyChecks.check(!sse.enabled() || !sse.path().equals(websocket.path()), "sse.path", sse.path(),
				"It must differ from kalam.websocket.path.");
	}

	/**
	 * The database that changes are captured from.
	 *
	 * @param host host of the server; the application's own database unless set
	 * @param port port of the server; the application's own database unless set
	 * @param database name of the database; the application's own database unless set
	 * @param username login that captures and reads snapshots, with the REPLICATION
	 * attribute; the application's own login unless set
	 * @param password password of that login; the application's own unless set
	 * @param properties further connection properties of the Postgres JDBC driver, such
	 * as sslmode
	 * @param ssl the encryption of its connections
	 * @param slot name of the replication slot, one for each application in a cluster;
	 * "kalam_" and the name of the database unless set
	 * @param publication name of the publication
	 * @param manage whether slot, publication and the schema "kalam" are created or only
	 * validated
	 * @param replicaIdentity whether the replica identity of the realtime tables is only
	 * validated or set to FULL where it is not; "manage" on the embedded Postgres and
	 * "validate" on any other unless set
	 * @param onSlotLost what is done when the slot is gone or Postgres has given it up:
	 * make a new one, and every client reads a new snapshot, or wait for somebody to make
	 * it
	 */
	public record Postgres(@Nullable String host, @Nullable Integer port, @Nullable String database,
			@Nullable String username, @Nullable String password, @DefaultValue Map<String, String> properties,
			@DefaultValue Ssl ssl, @Nullable String slot, @DefaultValue("kalam") String publication,
			@DefaultValue("create") Manage manage, @Nullable ReplicaIdentityMode replicaIdentity,
			@DefaultValue("resync") OnSlotLost onSlotLost) {

		private static final int MAX_NAME = 63;

		public Postgres {
			PropertyChecks.check(port == null || (port > 0 && port < 65536), "postgres.port", port,
					"It must be between 1 and 65535.");
			PropertyChecks.check(slot == null || slot.matches("[a-z0-9_]{1,63}"), "postgres.slot", slot,
					"Postgres allows lower-case letters, digits and underscores, 63 at the most.");
			PropertyChecks.check(!publication.isBlank(), "postgres.publication", publication,
					"It must be the name of a publication.");
		}

		/**
		 * Whether we may set the replica identity of the realtime tables.
		 * @param development whether the database is one that we have made for
		 * development
		 * @return what the property says, and else whether it is
		 */
		boolean managesReplicaIdentity(boolean development) {
			return (this.replicaIdentity != null) ? this.replicaIdentity == ReplicaIdentityMode.MANAGE : development;
		}

		/**
		 * The name of the replication slot. Slots belong to the cluster, so that the
		 * database has to be in the name.
		 * @param database the name of the database
		 * @return a name that Postgres accepts
		 */
		public String slotFor(String database) {
			if (this.slot != null) {
				return this.slot;
			}
			String name = "kalam_" + database.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
			return name.substring(0, Math.min(name.length(), MAX_NAME));
		}

	}

	/**
	 * The encryption of the connections to the database.
	 *
	 * @param bundle name of the SSL bundle whose authorities the server's certificate is
	 * checked against, and with whose key we identify ourselves if it has one; sslmode is
	 * verify-full then unless it is set
	 */
	public record Ssl(@Nullable String bundle) {

	}

	/**
	 * What is done about the replica identity of realtime tables.
	 */
	public enum ReplicaIdentityMode {

		/** Refuse to start, and say what to type. */
		VALIDATE,

		/** Set it to FULL. */
		MANAGE

	}

	/**
	 * How changes are captured.
	 *
	 * @param heartbeatInterval how often a heartbeat is written into the database's log,
	 * so that cursors of quiet tables do not grow old and no log is retained
	 * @param checkInterval how often it is checked that the realtime tables are still
	 * published as they have to be
	 * @param maxTransactionSize how much of one transaction is held in memory; a larger
	 * one goes through the journal in parts
	 */
	public record Capture(@DefaultValue("5s") Duration heartbeatInterval, @DefaultValue("30s") Duration checkInterval,
			@DefaultValue("16MB") DataSize maxTransactionSize) {

		public Capture {
			PropertyChecks.positive("capture.heartbeat-interval", heartbeatInterval);
			PropertyChecks.positive("capture.check-interval", checkInterval);
			PropertyChecks.positive("capture.max-transaction-size", maxTransactionSize);
		}

	}

	/**
	 * The embedded Debezium engine.
	 *
	 * @param properties further properties of Debezium's Postgres connector; those that
	 * Kalam's guarantees rest on are refused
	 */
	public record Debezium(@DefaultValue Map<String, String> properties) {

	}

	/**
	 * How snapshots are read.
	 *
	 * @param maxConcurrent how many snapshots are read at once
	 * @param timeout how long one may take, waiting for a connection included
	 * @param spoolMemory how much of one is held in memory; the rest goes to a temporary
	 * file
	 */
	public record Snapshot(@DefaultValue("8") int maxConcurrent, @DefaultValue("60s") Duration timeout,
			@DefaultValue("1MB") DataSize spoolMemory) {

		public Snapshot {
			PropertyChecks.positive("snapshot.max-concurrent", maxConcurrent);
			PropertyChecks.positive("snapshot.timeout", timeout);
			PropertyChecks.array("snapshot.spool-memory", spoolMemory);
		}

	}

	/**
	 * What is taken from the token.
	 *
	 * @param ownerClaim claim that names the owner of rows
	 * @param tenantClaim claim that names the tenant of rows; needed where a table has
	 * tenants
	 * @param clockSkew how long after its expiry a token is still accepted
	 * @param roles role that clients are told, by authority; "user" where none matches
	 * @param policyTimeout how long an access policy may take to decide; nobody is let in
	 * by one that takes longer
	 */
	public record Security(@DefaultValue("sub") String ownerClaim, @Nullable String tenantClaim,
			@DefaultValue("60s") Duration clockSkew, @DefaultValue Map<String, String> roles,
			@DefaultValue("10s") Duration policyTimeout) {

		public Security {
			PropertyChecks.check(!ownerClaim.isBlank(), "security.owner-claim", ownerClaim,
					"It must be the name of a claim.");
			PropertyChecks.check(tenantClaim == null || !tenantClaim.isBlank(), "security.tenant-claim", tenantClaim,
					"It must be the name of a claim.");
			PropertyChecks.notNegative("security.clock-skew", clockSkew);
			PropertyChecks.positive("security.policy-timeout", policyTimeout);
		}

	}

}
