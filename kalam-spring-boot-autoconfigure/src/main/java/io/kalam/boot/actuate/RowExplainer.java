package io.kalam.boot.actuate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.kalam.access.RealtimeUser;
import io.kalam.boot.actuate.RowExplanation.Followed;
import io.kalam.boot.actuate.RowExplanation.RowChange;
import io.kalam.catalog.Column;
import io.kalam.codec.CodecException;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;
import io.kalam.partition.RealtimeTables;
import io.kalam.query.SqlCondition;
import io.kalam.subscription.LiveHub;
import io.kalam.subscription.SessionStatus;
import io.kalam.subscription.SubscriptionStatus;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a user does, or doesn't, have a row: goes the way of a change and looks
 * at each stage. Blocks.
 */
final class RowExplainer {

	private final RealtimeTables tables;

	private final LiveHub hub;

	private final RowLookup rows;

	private final JournalSearch journal;

	private final AccessLookup access;

	RowExplainer(RealtimeTables tables, LiveHub hub, RowLookup rows, JournalSearch journal, AccessLookup access) {
		this.tables = tables;
		this.hub = hub;
		this.rows = rows;
		this.journal = journal;
		this.access = access;
	}

	/**
	 * Explains.
	 * @param tableName the table, with its schema or without
	 * @param key the row's key; values of several columns are separated by commas
	 * @param userName the user, as the token's claim says
	 * @param names how names are shown
	 * @return the explanation
	 * @throws RefusedRequestException if the question makes no sense
	 */
	RowExplanation explain(String tableName, String key, String userName, Names names) {
		LiveTable table = table(tableName);
		if (table == null) {
			return new RowExplanation(
					"The table is not realtime in this application: put @RealtimeTable on a class that is mapped to it.",
					tableName, false, false, names.of(userName), "denied", null, null, null, List.of());
		}
		if (table.isStream()) {
			throw new RefusedRequestException(
					table.name() + " is a stream: its events are no rows that could be looked "
							+ "up. The subscriptions say who follows it.");
		}
		List<String> values = key(table, key);
		List<SessionStatus> sessions = this.hub.sessionStatuses()
			.stream()
			.filter((session) -> session.user().name().equals(userName))
			.toList();
		RealtimeUser user = sessions.isEmpty() ? new RealtimeUser(userName, "user", Set.of(), Instant.MAX)
				: sessions.get(0).user();
		Reach reach = this.access.find(user, !sessions.isEmpty(), table);
		List<SubscriptionStatus> subscriptions = sessions.stream()
			.flatMap((session) -> session.subscriptions().stream())
			.filter((subscription) -> subscription.query().table().name().equals(table.name()))
			.toList();
		List<SqlCondition> conditions = new ArrayList<>();
		subscriptions.forEach((subscription) -> conditions.add(subscription.query().predicate().toSql()));
		if (reach instanceof Reach.Rows some) {
			conditions.addAll(some.rules());
		}
		RowLookup.Found row = this.rows.find(table, values, conditions);
		return new Question(table, values, userName, reach, subscriptions, row, names).answer();
	}

	private @Nullable LiveTable table(String name) {
		int dot = name.indexOf('.');
		return (dot > 0) ? this.tables.resolve(name.substring(0, dot), name.substring(dot + 1))
				: this.tables.resolve(null, name);
	}

	private static List<String> key(LiveTable table, String key) {
		List<Column> columns = table.rowType().table().key();
		List<String> values = (columns.size() == 1) ? List.of(key) : List.of(key.split(",", -1));
		if (values.size() != columns.size()) {
			throw new RefusedRequestException("The key of " + table.name() + " is "
					+ columns.stream().map(Column::name).toList() + ": give a value for each, separated by commas.");
		}
		for (int i = 0; i < columns.size(); i++) {
			try {
				table.rowType().codec(columns.get(i)).parse(values.get(i));
			}
			catch (CodecException ex) {
				throw new RefusedRequestException("'" + values.get(i) + "' is no value of column "
						+ columns.get(i).name() + " of type " + columns.get(i).type().name() + ".");
			}
		}
		return values;
	}

	/**
	 * A question of which everything but history is known.
	 */
	private final class Question {

		private final LiveTable table;

		private final List<String> key;

		private final String user;

		private final Reach reach;

		private final List<SubscriptionStatus> subscriptions;

		private final RowLookup.@Nullable Found row;

		private final Names names;

		Question(LiveTable table, List<String> key, String user, Reach reach, List<SubscriptionStatus> subscriptions,
				RowLookup.@Nullable Found row, Names names) {
			this.table = table;
			this.key = key;
			this.user = user;
			this.reach = reach;
			this.subscriptions = subscriptions;
			this.row = row;
			this.names = names;
		}

		RowExplanation answer() {
			Partition own = (this.reach instanceof Reach.Rows some) ? some.partition() : null;
			JournalSearch.Found change = search(own);
			String owner = (this.row != null) ? this.row.owner() : null;
			JournalSearch.Found ofOwner = (owner != null && !isReadable(own))
					? search(new Partition(this.table.name(), owner)) : null;
			boolean inService = RowExplainer.this.tables.isInService(this.table.name());
			List<Followed> followed = followed(change);
			return new RowExplanation(conclusion(inService, own, change, followed), this.table.name().toString(), true,
					inService, this.names.of(this.user), this.reach.word(), new RowExplanation.Row(this.row != null,
							(owner != null) ? this.names.of(owner) : null, isReadable(own)),
					told(change), told(ofOwner), followed);
		}

		private JournalSearch.@Nullable Found search(@Nullable Partition partition) {
			return (partition != null) ? RowExplainer.this.journal.last(partition, this.key) : null;
		}

		private boolean isOwn(@Nullable Partition own) {
			return own != null && this.row != null
					&& (this.table.owner() == null || Objects.equals(own.owner(), this.row.owner()));
		}

		private boolean isReadable(@Nullable Partition own) {
			return isOwn(own) && this.row != null
					&& !this.row.matches()
						.subList(this.subscriptions.size(), this.row.matches().size())
						.contains(false);
		}

		private static @Nullable RowChange told(JournalSearch.@Nullable Found change) {
			return (change != null)
					? new RowChange(change.word(), change.sequence().toString(), change.commitTime().toString()) : null;
		}

		private List<Followed> followed(JournalSearch.@Nullable Found change) {
			List<Followed> followed = new ArrayList<>();
			for (int i = 0; i < this.subscriptions.size(); i++) {
				SubscriptionStatus subscription = this.subscriptions.get(i);
				Boolean delivered = null;
				if (change != null && subscription.taken() != null) {
					delivered = !change.sequence().isAfter(subscription.taken());
				}
				followed.add(new Followed(EngineDescriber.word(subscription.stage()),
						(this.row != null) ? this.row.matches().get(i) : null, delivered,
						(subscription.taken() != null) ? subscription.taken().toString() : null,
						this.names.orNull(subscription.id()), this.names.orNull(subscription.sql())));
			}
			return followed;
		}

		private String conclusion(boolean inService, @Nullable Partition own, JournalSearch.@Nullable Found change,
				List<Followed> followed) {
			if (!inService) {
				return "The table is out of service: the health of Kalam says why, and what to do.";
			}
			if (this.reach instanceof Reach.Denied denied) {
				return denied.why();
			}
			if (this.reach instanceof Reach.Unknown unknown) {
				return unknown.why();
			}
			if (own == null) {
				return "No row can be the user's: what the token says is no value of the type of the owner column.";
			}
			if (this.row == null) {
				return (change != null)
						? "There is no such row in the database now. The last change of it that the user was due is "
								+ change.word() + "."
						: "There is no such row in the database now, and none that the user ever had within history.";
			}
			if (isOwn(own) && !isReadable(own)) {
				return "The row is not among those that the user's tenant and the access policies let the user read.";
			}
			return isReadable(own) ? delivery(change, followed)
					: "The row is not the user's: " + ((this.row.owner() != null) ? "it has another owner."
							: "it has no owner, and so nobody is told of it.");
		}

		private String delivery(JournalSearch.@Nullable Found change, List<Followed> followed) {
			if (followed.isEmpty()) {
				return "The row is the user's, who has no open subscription to the table in this process.";
			}
			if (followed.stream().noneMatch((one) -> Boolean.TRUE.equals(one.matches()))) {
				return "The row is the user's, and no subscription asks for it: its filter doesn't match the row as it "
						+ "is now.";
			}
			if (followed.stream().noneMatch((one) -> Boolean.TRUE.equals(one.matches()) && one.taken() != null)) {
				return "The row is the user's, and the subscription that asks for it is not live yet.";
			}
			if (change == null) {
				return "The user has the row: it was in the snapshot, and has not changed within history since.";
			}
			return followed.stream()
				.anyMatch((one) -> Boolean.TRUE.equals(one.matches()) && Boolean.TRUE.equals(one.delivered()))
						? "The user has the row: its last change was handed to the socket."
						: "The row's last change is on its way: the client has not taken it yet.";
		}

	}

}
