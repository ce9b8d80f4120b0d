package io.kalam.boot;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.kalam.boot.blocking.BlockingApplication;
import io.kalam.catalog.PostgresSettings;
import org.junit.jupiter.api.Assumptions;

/**
 * A whole application in a process of its own, which prints what blocks on its event
 * loops.
 */
public final class WatchedProcess {

	private static final String REDEFINITION = "AllowRedefinitionToAddDeleteMethods";

	private static final List<String> OPTIONS = List.of("-XX:+" + REDEFINITION, "-XX:+EnableDynamicAgentLoading");

	private WatchedProcess() {
	}

	/**
	 * Starts one, where the virtual machine can be told to let itself be watched.
	 */
	static LiveProcess start(PostgresSettings postgres, String... properties) {
		Assumptions.assumeTrue(isSupported(), () -> "BlockHound needs the option " + REDEFINITION + ", which Java "
				+ Runtime.version().feature() + " has not");
		return LiveProcess.start(WatchedProcess.class, OPTIONS, postgres, properties);
	}

	private static boolean isSupported() {
		try {
			return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption(REDEFINITION) != null;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	public static void main(String[] properties) throws IOException {
		BlockingCalls.watch();
		LiveProcess.run(properties, BlockingApplication.class, RunningApplication.Operated.class);
	}

}
