package io.kalam.manual;

import java.util.List;
import java.util.Set;

/**
 * Finds out whether blocks in some languages are right.
 */
interface BlockCheck {

	/**
	 * The languages that it knows.
	 */
	Set<String> languages();

	/**
	 * Looks at blocks.
	 * @param blocks blocks in its languages, those of one page in its order
	 * @return what is wrong, each with page and line
	 */
	List<String> problems(List<Block> blocks);

	/**
	 * Says what could not be looked at on this machine.
	 * @return what is missing, {@code null} if nothing is
	 */
	default String notChecked() {
		return null;
	}

}
