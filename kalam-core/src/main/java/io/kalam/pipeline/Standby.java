package io.kalam.pipeline;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.kalam.catalog.ServerState;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalUnusableException;
import io.kalam.sequence.IdentityStore;
import io.kalam.sequence.SlotReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until the slot, which has one reader, and the journal, if others share it, are to
 * be had. The slot is so at once if nobody is recorded as its reader, or we are;
 * otherwise when nobody has streamed from it and the recorded reader has given no sign of
 * life for a while. The journal is taken first: whoever has it and not the slot waits for
 * it, and nobody is the reader who has no journal. Used by one thread.
 */
final class Standby {

	private static final Logger logger = LoggerFactory.getLogger(Standby.class);

	private static final Duration LOOK = Duration.ofMillis(500);

	/**
	 * Much longer than a reader takes from one sign of life to the next while it starts.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private final String slot;

	private final IdentityStore identities;

	private final ChangeJournal journal;

	private final StatusBoard board;

	private final Signal signal;

	private final LongSupplier nanoTime;

	private boolean standing;

	Standby(String slot, IdentityStore identities, ChangeJournal journal, StatusBoard board, Signal signal,
			LongSupplier nanoTime) {
		this.slot = slot;
		this.identities = identities;
		this.journal = journal;
		this.board = board;
		this.signal = signal;
		this.nanoTime = nanoTime;
	}

	/**
	 * Waits, without a limit.
	 * @param server the database
	 * @return the reader whose place is free; it may be taken as long as its heart has
	 * not beaten again
	 * @throws JournalUnusableException if the journal is not to be had by waiting
	 * @throws InterruptedException if the thread was interrupted
	 */
	SlotReader await(ServerState server) throws InterruptedException {
		SlotReader seen = null;
		long since = this.nanoTime.getAsLong();
		while (true) {
			SlotReader reader = this.identities.reader();
			long now = this.nanoTime.getAsLong();
			if (!reader.equals(seen)) {
				seen = reader;
				since = now;
			}
			if (!isFree(reader, now - since)) {
				tell(reader);
			}
			else if (hasJournal(server)) {
				return reader;
			}
			this.signal.await(LOOK, () -> false);
		}
	}

	private static boolean isFree(SlotReader reader, long unchanged) {
		return reader.pid() == null && (reader.holder() == null || reader.own() || unchanged >= PATIENCE.toNanos());
	}

	private boolean hasJournal(ServerState server) {
		String user = this.journal.take(server);
		if (user != null) {
			stand(user + ", and the slot " + this.slot + " is free. This one stands by and takes over when the other "
					+ "has ended");
		}
		return user == null;
	}

	private void tell(SlotReader reader) {
		Integer pid = reader.pid();
		if (pid == null) {
			return;
		}
		if (reader.own()) {
			this.board.change(PipelineState.RETRYING,
					"The slot " + this.slot + " is still held by a connection of ours that was lost (pid " + pid
							+ "). Postgres ends it after wal_sender_timeout; to have it sooner: "
							+ "SELECT pg_terminate_backend(" + pid + ");");
		}
		else {
			stand(detail("another process (pid " + pid + ")"));
		}
	}

	/**
	 * Another process has become the reader: from here on we are not.
	 */
	void lost() {
		stand(detail("another process"));
	}

	private String detail(String who) {
		return "The slot " + this.slot + " is read by " + who + ". This one stands by and takes over when the "
				+ "other is gone. If that is another application, give it a slot of its own: kalam.postgres.slot";
	}

	private void stand(String detail) {
		this.board.change(PipelineState.STANDBY, detail);
		if (!this.standing) {
			this.standing = true;
			logger.info("{}", detail);
		}
	}

	/**
	 * Whether another process was the reader when this was last found out.
	 */
	boolean isStanding() {
		return this.standing;
	}

	/**
	 * We have become the reader.
	 */
	void taken() {
		if (this.standing) {
			this.standing = false;
			this.board.change(PipelineState.STARTING, "Taking over the slot " + this.slot);
			logger.info("Taking over the slot {}: nobody reads it any more", this.slot);
		}
	}

}
