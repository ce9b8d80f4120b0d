package io.kalam.desk;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import org.springframework.core.io.ClassPathResource;
import org.springframework.util.FileSystemUtils;

/**
 * A headless Chromium of the machine's own; nothing is downloaded. Each of its pages runs
 * {@code recorder.js} before anything else.
 */
final class Browser implements AutoCloseable {

	private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

	private final Path profile;

	private final ChromeDriver driver;

	private Browser(Path profile, ChromeDriver driver) {
		this.profile = profile;
		this.driver = driver;
	}

	static boolean isInstalled() {
		return executable("chromium").isPresent() && executable("chromedriver").isPresent();
	}

	static Browser start() {
		SELENIUM.setLevel(Level.SEVERE);
		Path profile = newProfile();
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(executable("chromedriver").orElseThrow())
			.usingAnyFreePort()
			.build();
		return new Browser(profile, new ChromeDriver(service, options(profile)));
	}

	private static ChromeOptions options(Path profile) {
		return new ChromeOptions().setBinary(executable("chromium").orElseThrow())
			.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
					"--disable-background-networking", "--disable-component-update", "--disable-sync",
					"--hide-scrollbars", "--force-prefers-reduced-motion", "--window-size=1280,900",
					"--user-data-dir=" + profile);
	}

	private static Path newProfile() {
		try {
			return Files.createTempDirectory("kalam-browser");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Optional<File> executable(String name) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> new File(directory, name))
			.filter(File::canExecute)
			.findFirst();
	}

	/**
	 * Opens an address in the tab that there is.
	 */
	DeskPage open(String url) {
		record();
		this.driver.get(url);
		return page();
	}

	/**
	 * Opens an address in another tab.
	 */
	DeskPage openTab(String url) {
		this.driver.switchTo().newWindow(WindowType.TAB);
		return open(url);
	}

	/**
	 * Makes the window so large, and says which theme the user likes.
	 */
	void appear(int width, int height, String theme) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
	}

	/**
	 * Closes all tabs but one, which shows nothing, in a window and a theme as at first.
	 */
	void leaveEverything() {
		List<String> tabs = List.copyOf(this.driver.getWindowHandles());
		tabs.stream().skip(1).forEach((tab) -> this.driver.switchTo().window(tab).close());
		this.driver.switchTo().window(tabs.get(0)).get("about:blank");
		this.driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
	}

	private DeskPage page() {
		return new DeskPage(this.driver, this.driver.getWindowHandle(), null);
	}

	private void record() {
		try {
			String recorder = new ClassPathResource("recorder.js").getContentAsString(StandardCharsets.UTF_8);
			this.driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", recorder));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
		try {
			FileSystemUtils.deleteRecursively(this.profile);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
