package io.kalam.boot;

import java.util.List;

import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.Finding;
import io.kalam.catalog.StartupCheckException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Says what to type next when the application could not start because of us.
 */
final class KalamFailureAnalyzer implements FailureAnalyzer {

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			FailureAnalysis analysis = analysis(cause);
			if (analysis != null) {
				return analysis;
			}
		}
		return null;
	}

	private static @Nullable FailureAnalysis analysis(Throwable cause) {
		if (cause instanceof StartupCheckException refused) {
			return findings(refused);
		}
		if (cause instanceof DatabaseUnavailableException) {
			return new FailureAnalysis(String.valueOf(cause.getMessage()),
					"Start Postgres, or set spring.r2dbc.url (kalam.postgres.host and port) to where it is.", cause);
		}
		if (cause instanceof InvalidRealtimeTableException invalid) {
			return new FailureAnalysis(String.valueOf(cause.getMessage()), invalid.action(), cause);
		}
		if (cause instanceof MissingBeanException missing) {
			return new FailureAnalysis(String.valueOf(cause.getMessage()), missing.action(), cause);
		}
		return null;
	}

	private static FailureAnalysis findings(StartupCheckException refused) {
		List<Finding> findings = refused.findings();
		StringBuilder problems = new StringBuilder("The database is not fit for realtime tables:\n");
		StringBuilder remedies = new StringBuilder("In this order:\n");
		for (int i = 0; i < findings.size(); i++) {
			String number = (findings.size() > 1) ? (i + 1) + ". " : "";
			problems.append("\n    ").append(number).append(findings.get(i).problem());
			remedies.append("\n    ").append(number).append(findings.get(i).remedy());
		}
		return new FailureAnalysis(problems.toString(), remedies.toString(), refused);
	}

}
