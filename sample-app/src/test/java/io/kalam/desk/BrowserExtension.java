package io.kalam.desk;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the browser with the first test that wants it, and ends it with the last of all.
 */
final class BrowserExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {

	private static final Log logger = LogFactory.getLog(BrowserExtension.class);

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(BrowserExtension.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (Browser.isInstalled()) {
			return ConditionEvaluationResult.enabled("There is a browser");
		}
		String missing = "There is no chromium and chromedriver on the PATH (Debian: apt-get install chromium chromium-driver)";
		if (Boolean.getBoolean("kalam.browser.required")) {
			throw new IllegalStateException(missing);
		}
		logger.warn("Skipped " + context.getDisplayName() + ": " + missing);
		return ConditionEvaluationResult.disabled(missing);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Browser.class;
	}

	@Override
	public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(Browser.class, (key) -> Browser.start(), Browser.class);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		Browser browser = context.getRoot().getStore(NAMESPACE).get(Browser.class, Browser.class);
		if (browser != null) {
			browser.leaveEverything();
		}
	}

}
