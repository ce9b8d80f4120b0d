package io.kalam.desk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.kalam.desk.message.Answer;
import io.kalam.desk.message.Typing;
import io.kalam.desk.presence.Presence;
import io.kalam.operations.RealtimeOperations;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at the page in both themes, on a desktop and on a phone, and keeps pictures of it
 * in {@code target/screenshots}, or the directory of {@code -Dkalam.screenshots.dir}.
 */
@BrowserTest
@DeskTest
class AppearanceBrowserIntegrationTests {

	private static final Path PICTURES = Path.of(System.getProperty("kalam.screenshots.dir", "target/screenshots"));

	@LocalServerPort
	private int port;

	@Autowired
	private EmbeddedPostgresServer server;

	@Autowired
	private RealtimeOperations realtime;

	private DeskDatabase database;

	@BeforeEach
	void open() throws IOException {
		Files.createDirectories(PICTURES);
		this.database = new DeskDatabase(this.server);
		this.database.commit("TRUNCATE tickets, messages",
				new ClassPathResource("data.sql").getContentAsString(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@CsvSource({ "1280,light", "1280,dark", "390,light", "390,dark" })
	void theDeskIsReadable(int width, String theme, Browser browser) throws IOException {
		browser.appear(width, (width < 500) ? 844 : 860, theme);
		DeskPage alice = browser.open(origin() + "/?as=alice").awaitLive();
		liven(alice);
		keep(alice, "board-%d-%s".formatted(width, theme));
		assertReadable(alice);
		alice.script("document.querySelector('[data-view=chat-view]').click(); return ''");
		DeskPage.eventually(() -> {
			enliven(alice);
			keep(alice, "chat-%d-%s".formatted(width, theme));
			assertReadable(alice);
			assertThat(alice.text("#typing")).isEqualTo("bob is typing …");
		});
		alice.script("document.querySelector('[data-view=wire-view]').click(); return ''");
		keep(alice, "wire-%d-%s".formatted(width, theme));
		assertReadable(alice);
		alice.click("#away");
		alice.script("document.querySelector('[data-view=board-view]').click(); return ''");
		alice.awaitState("offline");
		keep(alice, "offline-%d-%s".formatted(width, theme));
		assertReadable(alice);
	}

	@ParameterizedTest
	@CsvSource({ "1280,light", "390,dark" })
	void whatOpensIsReadable(int width, String theme, Browser browser) throws IOException {
		browser.appear(width, (width < 500) ? 844 : 860, theme);
		DeskPage alice = browser.open(origin() + "/?as=alice").awaitLive();
		alice.card("Checkout fails with a saved card").findElement(org.openqa.selenium.By.className("more")).click();
		keep(alice, "menu-%d-%s".formatted(width, theme));
		assertReadable(alice);
		alice.click("#menu button:nth-last-of-type(2)");
		keep(alice, "dialog-%d-%s".formatted(width, theme));
		assertReadable(alice);
		DeskPage nobody = browser.open(origin() + "/");
		keep(nobody, "sign-in-%d-%s".formatted(width, theme));
		assertReadable(nobody);
	}

	@Test
	void twoDesksStandSideBySide(Browser browser) throws IOException {
		browser.appear(1280, 860, "light");
		DeskPage duo = browser.open(origin() + "/duo.html");
		duo.frame(0).awaitLive();
		duo.frame(1).awaitLive();
		liven(duo.frame(0));
		keep(duo, "duo-1280-light");
		assertReadable(duo);
		assertReadable(duo.frame(1));
	}

	@Test
	void theThemeIsChosenAndStays(Browser browser) {
		browser.appear(1280, 860, "light");
		DeskPage page = browser.open(origin() + "/");
		String light = background(page);
		choose(page, "dark");
		String dark = background(page);
		assertThat(dark).isNotEqualTo(light);
		page.reload();
		assertThat(background(page)).isEqualTo(dark);
		choose(page, "auto");
		assertThat(background(page)).isEqualTo(light);
	}

	/**
	 * Chooses a theme. A page that is still being laid out can move from under the mouse.
	 */
	private static void choose(DeskPage page, String theme) {
		DeskPage.eventually(() -> {
			page.click("#theme [value=" + theme + "]");
			String chosen = page.script("return document.querySelector('#theme :checked').value");
			assertThat(chosen).isEqualTo(theme);
		});
	}

	private void liven(DeskPage alice) {
		this.database.commit(
				"UPDATE tickets SET status = 'in_progress' WHERE title = 'Invoice shows the wrong company name'",
				"INSERT INTO messages (room, author, body) VALUES ('general', 'bob', 'The invoices are yours, I hear.')");
		DeskPage.eventually(() -> assertThat(alice.messages()).last().asString().startsWith("The invoices"));
		this.database
			.commit("UPDATE tickets SET priority = 'high' WHERE title = 'Invoice shows the wrong company name'");
		DeskPage.eventually(() -> assertThat(alice.texts(".commit .lag")).hasSizeGreaterThanOrEqualTo(2));
		DeskPage.eventually(() -> assertThat(alice.highlighted()).hasSizeGreaterThanOrEqualTo(2));
	}

	/**
	 * Has bob be there and type, and the assistant answer, as long as the events of that
	 * live.
	 */
	private void enliven(DeskPage alice) {
		this.realtime.emit(new Presence("bob", "desk")).block();
		this.realtime.emit(new Typing("bob", "general")).block();
		this.realtime.emit(new Answer(1, "general", "alice, you have 3 tickets to")).block();
		DeskPage.eventually(() -> assertThat(alice.answers()).isNotEmpty());
		assertThat(alice.online()).containsExactly("alice", "bob");
	}

	private static String background(DeskPage page) {
		return page.script("return getComputedStyle(document.documentElement).backgroundColor");
	}

	private static void assertReadable(DeskPage page) throws IOException {
		page.awaitDrawn();
		List<String> wrong = page
			.script(new ClassPathResource("appearance.js").getContentAsString(StandardCharsets.UTF_8));
		assertThat(wrong).isEmpty();
	}

	private static void keep(DeskPage page, String name) throws IOException {
		page.awaitDrawn();
		Files.write(PICTURES.resolve(name + ".png"), page.picture());
	}

	private String origin() {
		return "http://localhost:" + this.port;
	}

}
