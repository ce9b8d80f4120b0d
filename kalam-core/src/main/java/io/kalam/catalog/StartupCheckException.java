package io.kalam.catalog;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The database is not fit for realtime tables until somebody has done something. Holds
 * everything that was found, in the order in which it is to be mended.
 */
public class StartupCheckException extends RuntimeException {

	private final List<Finding> findings;

	/**
	 * A refusal.
	 * @param findings what was found; at least one
	 */
	public StartupCheckException(List<Finding> findings) {
		this(findings, null);
	}

	/**
	 * A refusal.
	 * @param findings what was found; at least one
	 * @param cause what the database said, if it was an error
	 */
	public StartupCheckException(List<Finding> findings, @Nullable Throwable cause) {
		super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")), cause);
		Assert.notEmpty(findings, "a refusal needs a finding");
		this.findings = List.copyOf(findings);
	}

	/**
	 * What was found.
	 * @return the findings, in the order in which they are to be mended
	 */
	public List<Finding> findings() {
		return this.findings;
	}

}
