package io.kalam.boot;

import java.util.List;

import io.kalam.pipeline.PipelineListener;

/**
 * Tells several listeners, in their order.
 *
 * @param all the listeners
 */
record PipelineListeners(List<PipelineListener> all) implements PipelineListener {

	@Override
	public void publishing(int changes, Runnable work) {
		Runnable around = work;
		for (PipelineListener listener : this.all) {
			Runnable inner = around;
			around = () -> listener.publishing(changes, inner);
		}
		around.run();
	}

	@Override
	public void appended(int changes, long nanos) {
		this.all.forEach((listener) -> listener.appended(changes, nanos));
	}

}
