package io.kalam.pipeline;

import io.kalam.capture.ChangeSource;

/**
 * Makes change sources: one for each time that capture is started.
 */
@FunctionalInterface
public interface ChangeSources {

	/**
	 * Makes a source that has not been started.
	 * @return the source
	 */
	ChangeSource create();

}
