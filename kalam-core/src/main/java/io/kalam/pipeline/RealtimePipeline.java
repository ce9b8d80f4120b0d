package io.kalam.pipeline;

import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import io.kalam.catalog.CheckedDatabase;
import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.StartupCheckException;
import io.kalam.codec.Codecs;
import io.kalam.event.EventStore;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalUnusableException;
import io.kalam.partition.ChangeRouter;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.partition.RealtimeTables;
import io.kalam.pipeline.HistoryStart.Started;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Identity;
import io.kalam.sequence.IdentityChangedException;
import io.kalam.sequence.IdentityStore;
import io.kalam.sequence.SlotReader;
import io.kalam.subscription.LiveHub;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Runs the way of a change from the database to the hub: checks, history, capture, and
 * the heart that has the slot told what is done. One thread supervises; whatever fails is
 * begun again from the database's own word about where history stands, after a capped and
 * jittered pause.
 */
public final class RealtimePipeline {

	private static final Logger logger = LoggerFactory.getLogger(RealtimePipeline.class);

	private final PipelineSettings settings;

	private final RealtimeTableLoader loader;

	private final RealtimeTables tables;

	private final EventStore events;

	private final ChangeJournal journal;

	private final LiveHub hub;

	private final ChangeSources sources;

	private final IdentityStore identities;

	private final HistoryStart history;

	private final CaptureProgress progress;

	private final Heart heart;

	private final PipelineListener listener;

	private final Signal signal = new Signal();

	private final Backoff backoff = new Backoff(new Random());

	private final StatusBoard board;

	private final Standby standby;

	private final Retry retry;

	private final Supervisor supervisor;

	private final EventTimer timer;

	private @Nullable CheckedDatabase database;

	private volatile @Nullable Identity identity;

	/**
	 * A pipeline that has not been started.
	 * @param settings how it is run
	 * @param definitions the realtime tables that the application wants
	 * @param codecs how the values of their columns look
	 * @param tables receives the realtime tables as they are found
	 * @param events receives the events of streams
	 * @param journal receives the transactions
	 * @param hub publishes them
	 * @param sources makes the sources they come from
	 * @param clock tells since when a state lasts
	 * @param listener is told what is done with transactions
	 */
	public RealtimePipeline(PipelineSettings settings, List<RealtimeTableDefinition> definitions, Codecs codecs,
			RealtimeTables tables, EventStore events, ChangeJournal journal, LiveHub hub, ChangeSources sources,
			Clock clock, PipelineListener listener) {
		this.settings = settings;
		this.loader = new RealtimeTableLoader(settings, definitions, codecs, tables, events.lineage(), hub);
		this.tables = tables;
		this.events = events;
		this.journal = journal;
		this.hub = hub;
		this.sources = sources;
		this.identities = new IdentityStore(settings.postgres(), settings.slot());
		this.history = new HistoryStart(settings, this.identities, tables, journal, hub);
		this.progress = new CaptureProgress(hub::head, System::nanoTime);
		this.heart = new Heart(this.identities, journal, hub, this.progress);
		this.listener = listener;
		this.board = new StatusBoard(clock);
		this.standby = new Standby(settings.slot(), this.identities, journal, this.board, this.signal,
				System::nanoTime);
		this.retry = new Retry(this.backoff, this.board, this.heart, this.signal);
		this.supervisor = new Supervisor(settings.slot(), this::supervise);
		this.timer = new EventTimer(events, heartbeat(), Schedulers.parallel());
		events.listen(this.timer::set);
	}

	/**
	 * Checks the database, makes what is ours in it, and starts to stream on a thread of
	 * the pipeline. Blocks for ten seconds or so at the worst. Without a realtime table
	 * it says so and leaves the database alone.
	 * @throws StartupCheckException if somebody has to do something first
	 * @throws DatabaseUnavailableException if the database can't be reached
	 * @throws JournalUnusableException if the journal is not to be had by waiting
	 * @throws IllegalStateException if it was stopped and has not ended
	 */
	public void start() {
		start(true);
	}

	/**
	 * Starts, whatever is wrong with the database: what {@link #start} would throw
	 * becomes the status, and it is tried again. Until the tables are known nothing can
	 * be subscribed to. A table that is not as it has to be is out of service, alone.
	 */
	public void startLeniently() {
		start(false);
	}

	private synchronized void start(boolean strict) {
		if (this.supervisor.isStarted()) {
			return;
		}
		if (this.loader.isIdle()) {
			logger.warn("No table is realtime. Put @RealtimeTable(owner = \"...\") on an entity, "
					+ "in a package below that of the @SpringBootApplication class.");
			this.board.change(PipelineState.IDLE, "No class is annotated with @RealtimeTable");
			return;
		}
		this.board.change(PipelineState.STARTING);
		try {
			if (strict) {
				CheckedDatabase checked = this.loader.load();
				this.journal.take(checked.server());
				this.database = checked;
			}
			this.supervisor.start();
			this.timer.start();
		}
		catch (RuntimeException ex) {
			this.board.change(PipelineState.STOPPED);
			this.identities.close();
			throw ex;
		}
	}

	/**
	 * Stops streaming and releases the slot, for another process to take over. From the
	 * return on nothing is published and nothing acknowledged. Takes 15 seconds at the
	 * most; if it has not ended then, the log says so. The pipeline can be started again
	 * when it has, and goes on where it was.
	 */
	public synchronized void stop() {
		this.timer.stop();
		this.supervisor.stop();
		this.heart.fail("Capture has been stopped");
		this.board.change(PipelineState.STOPPED);
	}

	/**
	 * What the pipeline is doing.
	 * @return the status at this moment
	 */
	public PipelineStatus status() {
		return this.board.status();
	}

	/**
	 * How far capture is, as of the last beat of the heart.
	 * @return how far it is, {@code null} before the first beat and in a process that
	 * does not read the slot
	 */
	public @Nullable CaptureStatus capture() {
		return this.progress.status(status().state());
	}

	/**
	 * Tells a listener what the pipeline is doing, now and whenever it changes, in order.
	 * @param listener called by the thread that changes it; has to return at once
	 */
	public void listen(Consumer<PipelineStatus> listener) {
		this.board.listen(listener);
	}

	/**
	 * The epoch of history as it is now.
	 * @return the epoch
	 * @throws IllegalStateException if history has not begun, that is before the hub was
	 * started
	 */
	public Epoch epoch() {
		Identity current = this.identity;
		if (current == null) {
			throw new IllegalStateException("History has not begun");
		}
		return current.epoch();
	}

	/**
	 * Lets the heart beat now. All who ask at the same time share a beat.
	 * @return the position of its message in the log, behind everything that was
	 * committed before the subscription; an error if the database can't be reached
	 */
	public Mono<Lsn> heartbeat() {
		return this.heart.next(this.signal::raise);
	}

	/**
	 * Reads the catalog again.
	 * @return completes when the realtime tables are those that the database has
	 */
	public Mono<Void> refresh() {
		return Mono.<Void>fromRunnable(this.loader::reload).subscribeOn(Schedulers.boundedElastic());
	}

	private void supervise() {
		while (!this.supervisor.isStopping()) {
			try {
				stream();
			}
			catch (InterruptedException ex) {
				break;
			}
			catch (IdentityChangedException ex) {
				logger.debug("{}", ex.getMessage());
				this.heart.fail("Another process reads the slot");
			}
			catch (RuntimeException ex) {
				if (!this.supervisor.isStopping()) {
					this.retry.after(ex);
				}
			}
		}
		release();
	}

	private void release() {
		try {
			this.identities.release();
		}
		catch (DatabaseUnavailableException | StartupCheckException ex) {
			logger.debug("The next reader waits for a sign of life of this one", ex);
		}
		this.identities.close();
	}

	private void stream() throws InterruptedException {
		CheckedDatabase checked = this.database;
		this.database = null;
		if (checked == null) {
			checked = this.loader.reload();
		}
		SlotReader before = this.standby.await(checked.server());
		if (this.standby.isStanding()) {
			checked = this.loader.reload();
		}
		Started started = this.history.start(checked, before, this.board::waiting,
				(begun) -> this.identity = begun.identity());
		this.standby.taken();
		SourceWatch watch = new SourceWatch(this.settings, this.loader, this.board, this.backoff, this.signal);
		CatalogWatch catalog = new CatalogWatch(this.loader, this.settings.checkInterval(), System::nanoTime);
		StreamListener listener = new StreamListener(started.identity().generation(), this.events,
				new ChangeRouter(this.tables), this.journal, this.hub, watch, this.listener);
		new Reading(this.settings.heartbeatInterval(), this.sources.create(), watch, catalog, this.heart, this.signal,
				this.standby)
			.run(started, listener, (beaten) -> this.identity = beaten);
	}

}
