package io.kalam.pipeline;

import java.util.Set;

import io.kalam.capture.CaptureException;
import io.kalam.catalog.TableName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one source: what it says is written down, and its end wakes the supervisor.
 */
final class SourceWatch implements StreamListener.Outcome {

	private static final Logger logger = LoggerFactory.getLogger(SourceWatch.class);

	private final PipelineSettings settings;

	private final RealtimeTableLoader loader;

	private final StatusBoard board;

	private final Backoff backoff;

	private final Signal signal;

	private volatile @Nullable CaptureException failure;

	private volatile boolean streaming;

	private volatile boolean told;

	SourceWatch(PipelineSettings settings, RealtimeTableLoader loader, StatusBoard board, Backoff backoff,
			Signal signal) {
		this.settings = settings;
		this.loader = loader;
		this.board = board;
		this.backoff = backoff;
		this.signal = signal;
	}

	@Override
	public void streaming() {
		logger.info("Streaming changes from {} through slot {}", this.settings.postgres(), this.settings.slot());
		this.streaming = true;
		this.signal.raise();
	}

	@Override
	public void schemaChanged(Set<TableName> tables) {
		if (tables.stream().anyMatch(this.loader::isInService)) {
			logger.info("{} changed; the catalog is read again", tables);
			this.loader.lookAgain();
			this.told = false;
			this.signal.raise();
		}
	}

	@Override
	public void unreadable(TableName table, String detail) {
		this.board.unreadable(table, detail);
		this.told = false;
		this.signal.raise();
	}

	@Override
	public void failed(CaptureException failure) {
		this.failure = failure;
		this.signal.raise();
	}

	boolean isStreaming() {
		return this.streaming;
	}

	/**
	 * Whether something has happened to the source of which the supervisor doesn't know.
	 */
	boolean hasNews() {
		return hasFailed() || (this.streaming && !this.told);
	}

	/**
	 * Writes down, if changes are streamed, that they are. Called by the supervisor, when
	 * a beat has shown that we are the reader.
	 */
	void report() {
		if (this.streaming && !hasFailed()) {
			this.told = true;
			this.backoff.reset();
			String finding = this.loader.finding();
			if (finding.isEmpty()) {
				this.board.change(PipelineState.STREAMING, this.board.unreadable());
			}
			else {
				this.board.change(PipelineState.DEGRADED, finding);
			}
		}
	}

	boolean hasFailed() {
		return this.failure != null;
	}

	void rethrow() {
		CaptureException current = this.failure;
		if (current != null) {
			throw current;
		}
	}

}
