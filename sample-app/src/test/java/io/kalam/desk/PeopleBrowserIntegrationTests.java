package io.kalam.desk;

import java.util.List;

import io.kalam.desk.message.Typing;
import io.kalam.operations.RealtimeOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What users see of each other: who is here, and who is typing.
 */
@BrowserTest
@DeskTest
class PeopleBrowserIntegrationTests {

	private static final String TYPING = "{\"typing\":\"%s\",";

	@LocalServerPort
	private int port;

	@Autowired
	private RealtimeOperations realtime;

	private FaultProxy proxy;

	@BeforeEach
	void open() {
		this.proxy = new FaultProxy(this.port);
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	@Test
	void whoTypesIsSeenByOthersUntilTheMessageIsThere(Browser browser) {
		DeskPage duo = browser.open(this.proxy.origin() + "/duo.html");
		DeskPage alice = duo.frame(0).awaitLive();
		DeskPage bob = duo.frame(1).awaitLive();
		DeskPage.eventually(() -> {
			alice.type(".");
			assertThat(bob.room()).last().asString().contains(typing("alice is typing …"));
		});
		alice.say("Typed");
		DeskPage.eventually(() -> assertThat(bob.room()).last().asString().contains(typing(""), "Typed"));
		assertThat(alice.room()).as("not oneself").allMatch((shown) -> shown.contains(typing("")));
	}

	@Test
	void typingEndsWithoutAKeyAndWhenTheFieldIsEmpty(Browser browser) {
		DeskPage duo = browser.open(this.proxy.origin() + "/duo.html");
		DeskPage alice = duo.frame(0).awaitLive();
		DeskPage bob = duo.frame(1).awaitLive();
		DeskPage.eventually(() -> {
			alice.type(".");
			assertThat(bob.text("#typing")).isEqualTo("alice is typing …");
		});
		DeskPage.eventually(() -> assertThat(bob.text("#typing")).isEmpty());
		long told = alice.published();
		DeskPage.eventually(() -> {
			alice.type(".");
			assertThat(alice.published()).isGreaterThan(told);
		});
		alice.find("#composer [name=body]").clear();
		alice.type("x", Keys.BACK_SPACE);
		DeskPage.eventually(() -> assertThat(alice.published()).as("taken back").isGreaterThan(told + 1));
		DeskPage.eventually(() -> assertThat(bob.text("#typing")).isEmpty());
	}

	@Test
	void severalWhoTypeAreNamedOrCounted(Browser browser) {
		DeskPage alice = browser.open(this.proxy.origin() + "/?as=alice").awaitLive();
		for (String name : List.of("bob", "carol", "dave")) {
			this.realtime.emit(new Typing(name, "incidents")).block();
			this.realtime.emit(new Typing(name, "general")).block();
		}
		DeskPage.eventually(() -> assertThat(alice.room()).last().asString().contains(typing("")));
		assertThat(alice.room()).extracting((shown) -> shown.replaceAll(".*\"typing\":\"(.*?)\".*", "$1"))
			.containsSubsequence("bob is typing …", "bob and carol are typing …", "Several people are typing …");
	}

	@Test
	void whoHasNoLineSeesNobodyType(Browser browser) {
		DeskPage alice = browser.open(this.proxy.origin() + "/?as=alice").awaitLive();
		DeskPage.eventually(() -> {
			this.realtime.emit(new Typing("bob", "general")).block();
			assertThat(alice.text("#typing")).isEqualTo("bob is typing …");
		});
		alice.click("#away");
		alice.awaitState("offline");
		assertThat(alice.text("#typing")).isEmpty();
		assertThat(alice.text("#online-title")).isEqualTo("Last seen");
	}

	@Test
	void typingIsNotToldWithEachKey(Browser browser) {
		DeskPage alice = browser.open(this.proxy.origin() + "/?as=alice").awaitLive();
		DeskPage.eventually(() -> assertThat(alice.online()).contains("alice"));
		long before = alice.published();
		long start = System.nanoTime();
		alice.type("The quick brown fox jumps over the lazy dog.".split(""));
		long seconds = (System.nanoTime() - start) / 1_000_000_000;
		assertThat(alice.published() - before).isBetween(1L, 2 + seconds / 3);
	}

	@Test
	void aUserWithSeveralTabsIsOnlineOnceUntilTheLastIsClosed(Browser browser) {
		DeskPage bob = browser.open(this.proxy.origin() + "/?as=bob").awaitLive();
		DeskPage alice = browser.openTab(this.proxy.origin() + "/?as=alice").awaitLive();
		DeskPage second = browser.openTab(this.proxy.origin() + "/?as=alice").awaitLive();
		DeskPage.eventually(() -> assertThat(bob.online()).containsExactly("alice", "bob"));
		DeskPage.eventually(() -> assertThat(second.online()).containsExactly("alice", "bob"));
		alice.close();
		DeskPage.eventually(() -> assertThat(second.sockets()).isOne());
		second.awaitLive().say("Still here");
		DeskPage.eventually(() -> assertThat(bob.messages()).endsWith("Still here"));
		assertThat(bob.online()).containsExactly("alice", "bob");
		second.close();
		DeskPage.eventually(() -> assertThat(bob.online()).containsExactly("bob"));
	}

	@Test
	void whoHasLostTheConnectionLeavesAndComesBack(Browser browser) {
		DeskPage bob = browser.open("http://localhost:" + this.port + "/?as=bob").awaitLive();
		DeskPage alice = browser.openTab(this.proxy.origin() + "/?as=alice").awaitLive();
		DeskPage.eventually(() -> assertThat(bob.online()).containsExactly("alice", "bob"));
		this.proxy.cut();
		DeskPage.eventually(() -> assertThat(bob.online()).containsExactly("bob"));
		assertThat(alice.online()).as("as they were last seen").containsExactly("alice", "bob");
		this.proxy.mend();
		DeskPage.eventually(() -> assertThat(bob.online()).containsExactly("alice", "bob"));
		DeskPage.eventually(() -> assertThat(alice.text("#online-title")).isEqualTo("Online"));
	}

	@Test
	void rowsAndEventsAreCountedApart(Browser browser) {
		DeskPage alice = browser.open(this.proxy.origin() + "/?as=alice").awaitLive();
		DeskPage.eventually(() -> assertThat(alice.online()).containsExactly("alice"));
		DeskPage.eventually(() -> assertThat(alice.fact("Events")).isEqualTo("1"));
		int rows = alice.titles().size() + alice.messages().size();
		DeskPage.eventually(() -> {
			this.realtime.emit(new Typing("bob", "general")).block();
			assertThat(alice.fact("Events")).isEqualTo("2");
		});
		assertThat(alice.fact("Rows")).isEqualTo(String.valueOf(rows));
	}

	private static String typing(String text) {
		return TYPING.formatted(text);
	}

}
