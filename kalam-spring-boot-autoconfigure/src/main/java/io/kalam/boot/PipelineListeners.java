package io.kalam.boot;

import java.util.List;

import io.kalam.pipeline.PipelineListener;
import org.jspecify.annotations.Nullable;

/**
 * Tells several listeners, in their order: the first is around all others. Whatever they
 * do, the work is run, once, and what it throws is let through.
 *
 * @param all the listeners
 */
record PipelineListeners(Listeners<PipelineListener> all) implements PipelineListener {

	@Override
	public void publishing(int changes, Runnable work) {
		Runnable around = work;
		List<PipelineListener> listeners = this.all.all();
		for (int i = listeners.size() - 1; i >= 0; i--) {
			PipelineListener listener = listeners.get(i);
			Runnable inner = around;
			around = () -> publishing(listener, changes, new Work(inner));
		}
		around.run();
	}

	private void publishing(PipelineListener listener, int changes, Work work) {
		try {
			listener.publishing(changes, work);
		}
		catch (RuntimeException ex) {
			if (ex != work.failure) {
				this.all.failed(listener, ex);
			}
		}
		work.run();
		if (work.failure != null) {
			throw work.failure;
		}
	}

	@Override
	public void appended(int changes, long nanos) {
		this.all.tell((listener) -> listener.appended(changes, nanos));
	}

	/**
	 * Is done the first time only.
	 */
	private static final class Work implements Runnable {

		private final Runnable work;

		private boolean begun;

		private @Nullable RuntimeException failure;

		Work(Runnable work) {
			this.work = work;
		}

		@Override
		public void run() {
			if (this.begun) {
				return;
			}
			this.begun = true;
			try {
				this.work.run();
			}
			catch (RuntimeException ex) {
				this.failure = ex;
				throw ex;
			}
		}

	}

}
