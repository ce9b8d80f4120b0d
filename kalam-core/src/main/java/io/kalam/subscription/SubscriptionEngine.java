package io.kalam.subscription;

import java.util.function.Predicate;
import java.util.function.Supplier;

import io.kalam.access.AccessDecider;
import io.kalam.access.AccessRule;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Lsn;
import io.kalam.journal.ChangeJournal;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTables;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryException;
import io.kalam.query.RowPredicate;
import io.kalam.sequence.Epoch;
import io.kalam.snapshot.SnapshotReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What sessions work with.
 *
 * @param tables the realtime tables
 * @param parser reads live queries
 * @param access decides who may read what
 * @param snapshots reads rows
 * @param journal the history of changes
 * @param hub publishes what is appended to the journal
 * @param epoch the epoch of the database's history as it is now
 * @param heartbeat writes a heartbeat into the log, or joins one that is being written;
 * gives its position, which lies behind everything that was committed when it was asked
 * for
 * @param refresh reads the catalog again; completes when the tables are those that the
 * database has
 * @param collapseAfter how many changes a client may have missed that it is told commit
 * by commit when it resumes; more are collapsed
 */
public record SubscriptionEngine(RealtimeTables tables, LiveQueryParser parser, AccessDecider access,
		SnapshotReader snapshots, ChangeJournal journal, LiveHub hub, Supplier<Epoch> epoch, Mono<Lsn> heartbeat,
		Mono<Void> refresh, long collapseAfter) implements SubscriptionSessions {

	private static final Logger logger = LoggerFactory.getLogger(SubscriptionEngine.class);

	/**
	 * For {@link #collapseAfter()}: every commit is told, however many were missed.
	 */
	public static final long NEVER = Long.MAX_VALUE;

	/**
	 * The same engine for others.
	 * @param decider decides who may read what
	 * @param after how many missed changes are not collapsed
	 * @return the engine, with the same tables, journal and hub
	 */
	public SubscriptionEngine with(AccessDecider decider, long after) {
		return new SubscriptionEngine(this.tables, this.parser, decider, this.snapshots, this.journal, this.hub,
				this.epoch, this.heartbeat, this.refresh, after);
	}

	/**
	 * What an access policy demands of rows.
	 * @param rule the policy's condition
	 * @param user whom it was asked about
	 * @param table the table
	 * @return the condition
	 * @throws QueryException if the policy's condition is none, which is logged; nobody
	 * is to be let in by it
	 */
	public RowPredicate condition(AccessRule rule, RealtimeUser user, LiveTable table) {
		try {
			return this.parser.condition(rule.condition(), rule.values(), user.name(), table);
		}
		catch (QueryException ex) {
			logger.error("The condition of the access policy {} on {} is refused, and nobody is let in by it: {}",
					rule.policy(), table.name(), ex.getMessage());
			throw ex;
		}
	}

	/**
	 * Decides again about the subscriptions of some users. Where the answer is another
	 * one, a subscription is reset, and has its client forget the rows, or ends.
	 * @param who of which users
	 * @return completes, on a thread that may be blocked, when that has been done for all
	 * sessions that are open at the time of the subscription: nothing that is polled
	 * afterwards was decided about before
	 */
	public Mono<Void> reevaluate(Predicate<RealtimeUser> who) {
		return Mono.defer(() -> this.hub.sessions().reevaluate(who)).publishOn(Schedulers.boundedElastic());
	}

	@Override
	public SubscriptionSession open(RealtimeUser user, SessionSettings settings, Runnable available) {
		LiveSession session = new LiveSession(this, user, settings, available);
		this.hub.sessions().add(session);
		return session;
	}

}
