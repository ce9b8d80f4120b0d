package io.kalam.boot;

import java.util.List;
import java.util.TreeMap;

import io.kalam.capture.debezium.ReservedPropertiesException;
import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.Finding;
import io.kalam.catalog.StartupCheckException;
import io.kalam.codec.InvalidTypeCodecException;
import io.kalam.journal.rocksdb.JournalDirectoryException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.annotation.Order;

/**
 * Says what to type next when the application could not start because of us. Looks at a
 * failure before Boot's analyzers, which would explain what our exceptions are wrapped
 * in.
 */
@Order(0)
final class KalamFailureAnalyzer implements FailureAnalyzer {

	private static final String WITHOUT_DIRECTORY = " An application without a disk that outlives it (a stateless pod) "
			+ "sets kalam.journal.type=memory: after a restart its clients read new snapshots.";

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
			return analysis(cause, "Start Postgres, or set spring.r2dbc.url or spring.datasource.url "
					+ "(or kalam.postgres.host and port) to where it is.");
		}
		if (cause instanceof InvalidRealtimeTableException invalid) {
			return analysis(invalid, invalid.action());
		}
		if (cause instanceof InvalidTypeCodecException invalid) {
			return analysis(invalid, invalid.action());
		}
		if (cause instanceof InvalidAccessPolicyException invalid) {
			return analysis(invalid, invalid.action());
		}
		if (cause instanceof MissingTenantClaimException missing) {
			return analysis(missing, missing.action());
		}
		if (cause instanceof MissingBeanException missing) {
			return analysis(missing, missing.action());
		}
		if (cause instanceof JournalUnavailableException unavailable) {
			return analysis(unavailable, unavailable.action());
		}
		if (cause instanceof JournalDirectoryException refused) {
			return new FailureAnalysis(refused.problem(), refused.action() + WITHOUT_DIRECTORY, refused);
		}
		if (cause instanceof ReservedPropertiesException reserved) {
			return reserved(reserved);
		}
		if (cause instanceof InvalidConfigurationPropertyValueException invalid
				&& invalid.getName().startsWith("kalam.")) {
			return property(invalid);
		}
		return null;
	}

	private static FailureAnalysis analysis(Throwable cause, String action) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), action, cause);
	}

	private static FailureAnalysis findings(StartupCheckException refused) {
		List<Finding> findings = refused.findings();
		if (findings.size() == 1) {
			Finding only = findings.get(0);
			return new FailureAnalysis("The database is not fit for realtime tables: " + only.problem(), only.remedy(),
					refused);
		}
		StringBuilder problems = new StringBuilder("The database is not fit for realtime tables:\n");
		StringBuilder remedies = new StringBuilder("In this order:\n");
		for (int i = 0; i < findings.size(); i++) {
			String number = "\n    " + (i + 1) + ". ";
			problems.append(number).append(findings.get(i).problem());
			remedies.append(number).append(findings.get(i).remedy());
		}
		return new FailureAnalysis(problems.toString(), remedies.toString(), refused);
	}

	private static FailureAnalysis reserved(ReservedPropertiesException refused) {
		StringBuilder action = new StringBuilder("Remove:\n");
		new TreeMap<>(refused.instead()).forEach((key, instead) -> action.append("\n    kalam.debezium.properties.")
			.append(key)
			.append(" (")
			.append(instead)
			.append(")"));
		return new FailureAnalysis(String.valueOf(refused.getMessage()), action.toString(), refused);
	}

	private static FailureAnalysis property(InvalidConfigurationPropertyValueException invalid) {
		return new FailureAnalysis("The property " + invalid.getName() + " can't be '" + invalid.getValue() + "'.",
				invalid.getReason() + " Correct it, or leave it out for the default.", invalid);
	}

}
