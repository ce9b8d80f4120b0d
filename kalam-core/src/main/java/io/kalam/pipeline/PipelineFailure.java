package io.kalam.pipeline;

import io.kalam.capture.CaptureException;
import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.StartupCheckException;
import io.kalam.journal.JournalUnreadableException;
import io.kalam.journal.JournalUnusableException;

/**
 * What is said of a pipeline from the time it has failed until it is tried again.
 *
 * @param state its state
 * @param detail what has failed, for whoever runs the application
 * @param foreseen whether the detail tells all there is to know; otherwise the exception
 * has to be logged
 */
record PipelineFailure(PipelineState state, String detail, boolean foreseen) {

	/**
	 * Says what an exception means for the pipeline.
	 * @param ex what has ended capture
	 * @return the failure
	 */
	static PipelineFailure of(RuntimeException ex) {
		if (ex instanceof HistoryBrokenException) {
			return foreseen(PipelineState.RETRYING, "History can't be continued as it was: " + ex.getMessage());
		}
		if (ex instanceof DatabaseUnavailableException || ex instanceof JournalUnreadableException) {
			return foreseen(PipelineState.RETRYING, String.valueOf(ex.getMessage()));
		}
		if (ex instanceof SlotLostException) {
			return foreseen(PipelineState.SLOT_LOST, String.valueOf(ex.getMessage()));
		}
		if (ex instanceof StartupCheckException || ex instanceof JournalUnusableException) {
			return foreseen(PipelineState.DOWN, String.valueOf(ex.getMessage()));
		}
		if (ex instanceof CaptureException capture) {
			return foreseen(capture.isPermanent() ? PipelineState.DOWN : PipelineState.RETRYING,
					String.valueOf(ex.getMessage()));
		}
		return new PipelineFailure(PipelineState.RETRYING, "Capture has failed; see the log", false);
	}

	private static PipelineFailure foreseen(PipelineState state, String detail) {
		return new PipelineFailure(state, detail, true);
	}

}
