package io.kalam.catalog;

/**
 * Something that keeps us from starting. Fit for a log: holds no secret.
 *
 * @param problem what is wrong, in a sentence or two
 * @param remedy what to type next: SQL, or a line of configuration
 */
public record Finding(String problem, String remedy) {

	@Override
	public String toString() {
		return this.problem + " To mend it: " + this.remedy;
	}

}
