package io.kalam.boot;

import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.RealtimePipeline;

import org.springframework.context.SmartLifecycle;

/**
 * Starts the pipeline when all singletons are there, hence after migrations, SQL scripts
 * and {@code ddl-auto} have made the tables, and before the web server accepts anybody;
 * stops it after the web server.
 */
final class KalamPipelineLifecycle implements SmartLifecycle {

	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

	private final RealtimePipeline pipeline;

	private final boolean failFast;

	KalamPipelineLifecycle(RealtimePipeline pipeline, boolean failFast) {
		this.pipeline = pipeline;
		this.failFast = failFast;
	}

	@Override
	public void start() {
		if (this.failFast) {
			this.pipeline.start();
		}
		else {
			this.pipeline.startLeniently();
		}
	}

	@Override
	public void stop() {
		this.pipeline.stop();
	}

	@Override
	public boolean isRunning() {
		return this.pipeline.status().state() != PipelineState.STOPPED;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
