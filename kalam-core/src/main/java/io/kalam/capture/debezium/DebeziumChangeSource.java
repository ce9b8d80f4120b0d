package io.kalam.capture.debezium;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.kalam.capture.CaptureException;
import io.kalam.capture.ChangeSource;
import io.kalam.catalog.Lsn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.Assert;

/**
 * A {@link ChangeSource} over Debezium's connector for Postgres. Slot and publication
 * have to exist.
 */
public final class DebeziumChangeSource implements ChangeSource {

	private static final Logger logger = LoggerFactory.getLogger(DebeziumChangeSource.class);

	private static final Duration ORDERLY = Duration.ofSeconds(6);

	private static final Duration CUT_OFF = Duration.ofSeconds(3);

	private final DebeziumSettings settings;

	private final SlotCheck slot;

	private final Handoff handoff = new Handoff();

	private final AtomicReference<@Nullable Gate> gate = new AtomicReference<>();

	private volatile @Nullable Sockets sockets;

	private volatile @Nullable Thread thread;

	private final Object life = new Object();

	private volatile boolean stopping;

	private boolean releasing;

	/**
	 * A source that has not been started.
	 * @param settings what to read
	 */
	public DebeziumChangeSource(DebeziumSettings settings) {
		this.settings = settings;
		this.slot = new SlotCheck(settings);
	}

	@Override
	public void start(Lsn after, Listener listener) {
		Gate gate = new Gate(after);
		Assert.state(this.gate.compareAndSet(null, gate), "A source is started once");
		Sockets sockets = Sockets.register(this.settings);
		this.sockets = sockets;
		Capture capture = new Capture(this.settings, gate, this.handoff, sockets);
		Thread thread = new Thread(() -> run(capture, new GuardedListener(listener, () -> this.stopping)),
				"kalam-capture-" + this.settings.slot());
		thread.setDaemon(true);
		thread.setContextClassLoader(getClass().getClassLoader());
		this.thread = thread;
		thread.start();
	}

	@Override
	public void acknowledge(Lsn position) {
		Gate gate = this.gate.get();
		Assert.state(gate != null, "The source has not been started");
		gate.acknowledge(position);
	}

	private void run(Capture capture, Listener listener) {
		CaptureException failure = null;
		TransactionAssembler assembler = new TransactionAssembler(capture.gate().start(), listener,
				this.settings.rowTypes(), this.settings.maxTransactionBytes());
		CaptureTask task = new CaptureTask(capture, assembler);
		try {
			this.slot.run();
			poll(task, capture);
		}
		catch (Throwable ex) {
			failure = this.stopping ? null : new CaptureFailures(this.settings).describe(ex);
		}
		finally {
			release(task, capture);
			end(assembler);
		}
		if (failure != null) {
			listener.onFailure(failure);
		}
	}

	private static void end(TransactionAssembler assembler) {
		try {
			assembler.end();
		}
		catch (RuntimeException ex) {
			logger.warn("What is left of a large transaction could not be discarded", ex);
		}
	}

	private void poll(CaptureTask task, Capture capture) throws InterruptedException {
		Map<String, String> configuration = ConnectorConfiguration.of(this.settings,
				this.settings.rowTypes().get().keySet());
		task.initialize(new TaskContext(configuration, capture.gate()));
		task.start(configuration);
		while (!this.stopping) {
			task.poll();
		}
	}

	/**
	 * Not to be interrupted by a stop: what is interrupted here is left behind.
	 * @param task what to stop
	 * @param capture what to close
	 */
	private void release(CaptureTask task, Capture capture) {
		capture.handoff().shut();
		synchronized (this.life) {
			this.releasing = true;
			Thread.interrupted();
		}
		try {
			if (task.isStarted()) {
				task.stop();
			}
		}
		catch (RuntimeException ex) {
			logger.debug("Debezium did not stop in good order", ex);
		}
		finally {
			capture.sockets().close();
		}
		if (task.isStarted()) {
			this.slot.awaitRelease();
		}
	}

	@Override
	public void stop() {
		this.handoff.shut();
		Thread thread = interrupt();
		if (thread == null || thread == Thread.currentThread() || ended(thread, ORDERLY)) {
			return;
		}
		Sockets sockets = this.sockets;
		if (sockets != null) {
			sockets.cut();
		}
		thread.interrupt();
		if (!ended(thread, CUT_OFF)) {
			logger.warn("{} goes on: the listener does not end when it is interrupted", thread.getName());
		}
	}

	private @Nullable Thread interrupt() {
		synchronized (this.life) {
			this.stopping = true;
			Thread thread = this.thread;
			if (thread != null && !this.releasing) {
				thread.interrupt();
			}
			return thread;
		}
	}

	private static boolean ended(Thread thread, Duration patience) {
		try {
			thread.join(patience.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return !thread.isAlive();
	}

}
