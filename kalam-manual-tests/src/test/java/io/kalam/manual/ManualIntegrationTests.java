package io.kalam.manual;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Executes the SQL of the manual, page by page, in the sample's database as Kalam has
 * prepared it. Each failure names page and line.
 */
class ManualIntegrationTests {

	private static DeskDatabase database;

	@BeforeAll
	static void start() {
		database = DeskDatabase.start();
	}

	@AfterAll
	static void stop() {
		database.close();
	}

	static Stream<Page> pages() {
		return Page.all().stream().filter((page) -> !SqlBlocks.of(page).isEmpty());
	}

	@ParameterizedTest
	@MethodSource("pages")
	void theSqlOfThePageIsExecuted(Page page) {
		database.prepare();
		assertThat(new SqlBlocks(database).problems(SqlBlocks.of(page))).isEmpty();
	}

	@Test
	void whatIsMadeByHandIsWhatKalamWouldMake() {
		List<Block> byHand = blocks(SqlBlocks.BY_HAND);
		database.empty();
		assertThat(new SqlBlocks(database).problems(byHand)).isEmpty();
		database.validate("kalam", "change me");
		assertThat(database.objects()).containsExactly("publication", "schema", "slot");
	}

	@Test
	void whatTakesKalamOutLeavesNothing() {
		List<Block> decommission = blocks("decommission");
		database.prepare();
		assertThat(database.objects()).containsExactly("publication", "schema", "slot");
		assertThat(new SqlBlocks(database).problems(decommission)).isEmpty();
		assertThat(database.objects()).isEmpty();
	}

	private static List<Block> blocks(String manner) {
		List<Block> blocks = Page.all()
			.stream()
			.flatMap((page) -> page.blocks().stream())
			.filter((block) -> block.info().equals("sql " + manner))
			.toList();
		assertThat(blocks).hasSize(1);
		return blocks;
	}

	@Test
	void sqlThatIsWrongIsFound() {
		database.prepare();
		Block block = new Block("page.md", 10, "sql",
				List.of("SELECT 1;", "", "-- a comment", "SELECT name", "FROM tickets;", "SELECT id FROM tickets;"));
		assertThat(new SqlBlocks(database).problems(List.of(block))).singleElement()
			.asString()
			.startsWith("page.md:14: ")
			.contains("\"name\" does not exist");
	}

}
