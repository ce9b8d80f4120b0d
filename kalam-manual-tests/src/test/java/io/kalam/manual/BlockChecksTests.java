package io.kalam.manual;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That a wrong snippet of each kind is found, with its page and line.
 */
class BlockChecksTests {

	private static final int FENCE = 10;

	private static Block block(String info, String text) {
		return new Block("page.md", FENCE, info, text.lines().toList());
	}

	private static void finds(BlockCheck check, Block block, int line, String... what) {
		List<String> problems = check.problems(List.of(block));
		assertThat(problems).as(block.text()).isNotEmpty();
		assertThat(problems.get(0)).startsWith("page.md:" + (FENCE + line) + ": ");
		for (String part : what) {
			assertThat(problems.get(0)).contains(part);
		}
	}

	/**
	 * @param parts what stands in the problems, in this order
	 */
	private static void finds(List<String> problems, String... parts) {
		assertThat(String.join("\n", problems)).containsSubsequence(parts);
	}

	private static void passes(BlockCheck check, Block... blocks) {
		assertThat(check.problems(List.of(blocks))).isEmpty();
	}

	@Test
	void javaThatDoesNotCompile() {
		List<Block> blocks = List.of(block("java", "record Note(\n\tStrin text) {\n}"),
				block("java fragment(String user)", "int n = 1;\nuser.lenght();"),
				block("java members", "void a() {\n\tb();\n}"), block("java sketch", "…"),
				block("java", "@RealtimeTable(owner = \"o\")\npublic record Right(@Id Long id, String o) {}"),
				block("java fragment", "import java.util.concurrent.Callable;\nCallable<Right> right = () -> null;"));
		finds(new JavaBlocks().problems(blocks), "10: a Java block has types", "12: cannot find symbol", "Strin",
				"12: cannot find symbol", "lenght", "12: cannot find symbol", "b()");
	}

	@Test
	void jsonThatIsNone() {
		finds(new JsonBlocks(), block("json", "{\"a\": {…}}\n{\"b\": ,}"), 2);
	}

	@Test
	void framesThatDoNotExist() {
		finds(new JsonBlocks(), block("json", "{\"type\":\"pong\",\n\"server_time\":\"x\"}\n{\"type\":\"peng\"}"), 3,
				"peng");
		finds(new JsonBlocks(), block("json", "{\"type\":\"pong\",\"time\":\"x\"}"), 1, "[time]");
		finds(new JsonBlocks(), block("json", "{\"type\":\"subscribe\",\"subscription\":{\"id\":\"x\"}}"), 1, "sql");
	}

	@Test
	void xmlThatIsNotWellFormed() {
		finds(new XmlBlocks(), block("xml", "<a>\n</b>"), 2);
	}

	@Test
	void dependenciesThatDoNotExist() {
		String dependency = "<dependency>\n<groupId>io.kalam</groupId>\n<artifactId>%s</artifactId>\n<version>%s</version>\n</dependency>";
		finds(new XmlBlocks(), block("xml", dependency.formatted("kalam-starter", "0.1.0-SNAPSHOT")), 3,
				"kalam-starter");
		finds(new XmlBlocks(), block("xml", dependency.formatted("kalam-spring-boot-starter", "0.0.1")), 3, "0.0.1");
	}

	@Test
	void propertiesThatDoNotExist() {
		finds(new PropertiesBlocks(), block("properties", "kalam.enabled=true\nkalam.enabel=true"), 2, "kalam.enabel");
		finds(new PropertiesBlocks(), block("yaml", "kalam:\n  postgres:\n    hots: db"), 3, "kalam.postgres.hots");
	}

	@Test
	void propertiesThatCanNotBeBound() {
		finds(new PropertiesBlocks(), block("properties", "\nkalam.journal.max-age=soon"), 2, "soon");
		finds(new PropertiesBlocks(), block("properties", "kalam.query.max-depth=0"), 1, "kalam.query.max-depth");
	}

	@Test
	void propertiesThatAreRight() {
		passes(new PropertiesBlocks(), block("yaml", "kalam:\n  journal:\n    max-age: 2h"),
				block("properties", "kalam.postgres.properties.sslmode=require\nlogging.level.io.kalam=DEBUG"),
				block("properties", "management.endpoint.health.group.realtime.include=kalam"),
				block("yaml kubernetes", "kind: Deployment"));
	}

	@Test
	void yamlThatIsNone() {
		finds(new PropertiesBlocks(), block("yaml", "a: b: c"), 1);
	}

	@Test
	void commandsThatDoNotExist() {
		finds(new ShellBlocks(), block("sh", "curl localhost\nfrobnicate x"), 2, "frobnicate");
		finds(new ShellBlocks(), block("sh", "curl localhost | jqq ."), 1, "jqq");
		finds(new ShellBlocks(), block("sh", "./mvnw -pl sample-ap run"), 1, "sample-ap");
		finds(new ShellBlocks(), block("sh", "./mvnw exec:exec@nothing"), 1, "nothing");
		finds(new ShellBlocks(), block("sh", "psql \\\n  -f src/docs/nothing.sql"), 1, "src/docs/nothing.sql");
		finds(new ShellBlocks(), block("sh", "curl x\ncurl 'x"), 2);
	}

	@Test
	void scriptsThatDoNotParse() {
		Assumptions.assumeTrue(Tool.exists("node"), "Node.js is missing");
		finds(new ScriptBlocks().problems(List.of(block("js", "const a = 1;\nconst b = ;"),
				block("html", "<p></p>\n<script type=\"module\">\nconst b = ;\n</script>"))), "12: ", "13: ");
	}

	@Test
	void scriptsThatUseTheClientWrongly() {
		ScriptBlocks check = new ScriptBlocks();
		Assumptions.assumeTrue(check.notChecked() == null, check.notChecked());
		finds(check.problems(List.of(block("js", "import { createKalam } from \"/kalam/kalam.js\";\ncreateKalam();"),
				block("ts", "\nkalam.life(\"SELECT id FROM t\");"), block("jsx", "const x = <p>{nothing}</p>;"))),
				"12: ", "arguments", "12: ", "life", "11: ", "nothing");
	}

	@Test
	void queriesThatAreNone() {
		finds(new LiveQueryBlocks(), block("sql live", "SELECT id FROM t;\nSELECT count(*) FROM t;"), 2);
		finds(new LiveQueryBlocks(), block("js", "\nkalam.live(\"SELECT id FORM t\")"), 2);
		finds(new LiveQueryBlocks(), block("json", "{\"sql\":\"SELECT id FROM t JOIN u\"}"), 1);
	}

	@Test
	void configurationOfNginxThatIsNone() {
		finds(new NginxBlocks(), block("nginx", "server {\n\tlisten 80\n}"), 2, "semicolon");
		finds(new NginxBlocks(), block("nginx", "server {\n\tlisten 80;"), 2, "open");
		finds(new NginxBlocks(), block("nginx", "server {\n\tproxy_pas http://x;\n}"), 2, "proxy_pas");
	}

	@Test
	void linksThatLeadNowhere() {
		Path file = Page.root().resolve("page.md");
		Page page = new Page(file, List.of("# A page", "[x](README.md) [y](nothing.md) `[z](nothing.md)`",
				"[here](#a-page)", "[there](README.md#nothing)"));
		assertThat(Links.problems(page)).containsExactly("page.md:2: nothing.md leads nowhere",
				"page.md:4: README.md#nothing names no heading of that page");
	}

	@Test
	void namesThatDoNotExist() {
		Page page = new Page(Page.root().resolve("page.md"),
				List.of("`kalam.journal.max-age=2h`, `kalam.query.*`, `kalam.capture.lag`, `BlockChecksTests`",
						"`kalam.journal.age-max`", "`NoSuchThingIntegrationTests`", "`BlockChecksTests.noSuchMethod`"));
		assertThat(new Names().problems(page)).satisfiesExactly(
				(first) -> assertThat(first).startsWith("page.md:2: ").contains("kalam.journal.age-max"),
				(second) -> assertThat(second).startsWith("page.md:3: ").contains("NoSuchThing"),
				(third) -> assertThat(third).startsWith("page.md:4: ").contains("noSuchMethod"));
	}

	@Test
	void blocksAreFoundWithTheirLines() {
		Page page = new Page(Page.root().resolve("page.md"),
				List.of("* item", "", "  ```sh run", "  one", "    two", "  ```", "`x`"));
		assertThat(page.blocks()).containsExactly(new Block("page.md", 3, "sh run", List.of("one", "  two")));
		assertThat(page.code()).extracting(Page.Mention::line).containsExactly(7);
	}

}
