package io.kalam.desk;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A desk in a tab of the browser, or in a frame of one, and what a user does there.
 */
final class DeskPage {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final ChromeDriver driver;

	private final String tab;

	private final @Nullable Integer frame;

	DeskPage(ChromeDriver driver, String tab, @Nullable Integer frame) {
		this.driver = driver;
		this.tab = tab;
		this.frame = frame;
	}

	DeskPage frame(int index) {
		return new DeskPage(this.driver, this.tab, index);
	}

	static void eventually(ThrowingRunnable assertion) {
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
	}

	DeskPage awaitLive() {
		return awaitState("live");
	}

	/**
	 * Waits until the page is live, over a connection that lets a few bytes through each
	 * time that the page has been drawn.
	 */
	DeskPage awaitLiveInSlowMotion(FaultProxy proxy) {
		eventually(() -> {
			proxy.pass();
			awaitDrawn();
			assertThat(state()).isEqualTo("live");
		});
		proxy.stopMetering();
		return this;
	}

	DeskPage awaitState(String state) {
		eventually(() -> assertThat(state()).isEqualTo(state));
		return this;
	}

	String state() {
		return script("return document.getElementById('badge').dataset.state ?? ''");
	}

	String text(String selector) {
		return script("return document.querySelector(arguments[0])?.innerText ?? ''", selector);
	}

	/**
	 * What the page says of its connection.
	 */
	String fact(String name) {
		return script(
				"return [...document.querySelectorAll('#facts dt')]"
						+ ".find(({ textContent }) => textContent === arguments[0])?.nextSibling.textContent ?? ''",
				name);
	}

	/**
	 * The titles of all tickets, or of those in a column, as they are shown.
	 */
	List<String> titles() {
		return texts("#board .title");
	}

	List<String> titles(String status) {
		return texts("[data-status=" + status + "] .title");
	}

	List<String> messages() {
		return texts("#messages .message:not(.answering) .body");
	}

	List<String> texts(String selector) {
		return script("return [...document.querySelectorAll(arguments[0])].map((element) => element.textContent)",
				selector);
	}

	void awaitTitles(String... titles) {
		eventually(() -> assertThat(titles()).containsExactlyInAnyOrder(titles));
	}

	/**
	 * What the page was told over its sockets, oldest first, since
	 * {@link #forgetFrames()}: of the connection, the tickets and the messages. Events
	 * that live for seconds are read anew when history is.
	 */
	List<String> frames() {
		return script("""
				return window.recorder.frames.filter(({ table }) => [null, "tickets", "messages"].includes(table))
					.map(({ what }) => what)""");
	}

	/**
	 * How many events the page has told.
	 */
	long published() {
		return this.<Number>script("return window.recorder.published").longValue();
	}

	/**
	 * What the room has shown, oldest first, each time that it changed: who types, the
	 * answers that are being made, and the last message.
	 */
	List<String> room() {
		return script("return window.recorder.room");
	}

	/**
	 * The answers that are being made.
	 */
	List<String> answers() {
		return texts(".answering .body");
	}

	/**
	 * Who is shown to be online.
	 */
	List<String> online() {
		return texts("#online-people .name");
	}

	/**
	 * What was shown in the frames that the page has drawn since, where it changed.
	 */
	List<String> shown() {
		return script("return window.recorder.shown");
	}

	/**
	 * The tickets and messages that were highlighted since the page was opened.
	 */
	List<String> highlighted() {
		return script("return window.recorder.highlighted");
	}

	void forgetFrames() {
		script("window.recorder.frames = []; window.recorder.shown = []; return ''");
	}

	long sockets() {
		return this.<Number>script("return window.recorder.sockets").longValue();
	}

	/**
	 * Waits until the browser has drawn the page twice.
	 */
	void awaitDrawn() {
		switchHere();
		this.driver.executeAsyncScript("requestAnimationFrame(() => requestAnimationFrame(() => arguments[0](true)))");
	}

	/**
	 * Waits until tickets and messages are stored with a cursor, from which they can be
	 * continued.
	 */
	void awaitResumable() {
		eventually(() -> {
			switchHere();
			assertThat(this.driver.executeAsyncScript(
					"""
							const done = arguments[0];
							const opening = indexedDB.open("kalam");
							opening.onsuccess = () => {
								const reading = opening.result.transaction("queries").objectStore("queries").getAll();
								reading.onsuccess = () => {
									opening.result.close();
									done(reading.result.filter(({ id, cursor }) => cursor && / FROM (tickets|messages) /.test(id)).length);
								};
							};"""))
				.isEqualTo(2L);
		});
	}

	WebElement find(String selector) {
		switchHere();
		return this.driver.findElement(By.cssSelector(selector));
	}

	/**
	 * Clicks on what can be clicked on, as soon as it can.
	 */
	void click(String selector) {
		Awaitility.await().atMost(PATIENCE).ignoreException(ElementNotInteractableException.class).until(() -> {
			find(selector).click();
			return true;
		});
	}

	WebElement card(String title) {
		switchHere();
		return this.driver.findElement(By.xpath("//*[@class='title'][text()='" + title + "']/ancestor::li"));
	}

	WebElement title(String title) {
		return card(title).findElement(By.className("title"));
	}

	/**
	 * Chooses an entry of a ticket's menu.
	 */
	void choose(String title, String entry) {
		card(title).findElement(By.className("more")).click();
		this.driver.findElement(By.xpath("//*[@id='menu']/button[text()='" + entry + "']")).click();
	}

	void drag(String title, String status) {
		new Actions(this.driver).dragAndDrop(title(title), find("[data-status=" + status + "]")).perform();
	}

	void press(String title, Keys... keys) {
		title(title).sendKeys(Keys.chord(keys));
	}

	void say(String text) {
		type(text, Keys.ENTER);
	}

	/**
	 * Types into the field for messages.
	 */
	void type(CharSequence... keys) {
		find("#composer [name=body]").sendKeys(keys);
	}

	void reload() {
		switchHere();
		this.driver.navigate().refresh();
	}

	void close() {
		switchHere();
		this.driver.close();
	}

	byte[] picture() {
		switchHere();
		return this.driver.getScreenshotAs(OutputType.BYTES);
	}

	@SuppressWarnings("unchecked")
	<T> T script(String script, Object... arguments) {
		switchHere();
		return (T) this.driver.executeScript(script, arguments);
	}

	private void switchHere() {
		this.driver.switchTo().window(this.tab);
		this.driver.switchTo().defaultContent();
		if (this.frame != null) {
			this.driver.switchTo().frame(this.frame);
		}
	}

}
