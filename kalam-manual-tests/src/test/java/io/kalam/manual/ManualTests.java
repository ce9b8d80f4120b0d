package io.kalam.manual;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether what the manual says to type is right. Each failure names page and line. What
 * is to be executed in a database is left to {@link ManualIntegrationTests}.
 */
class ManualTests {

	/** Output, pictures and grammars, which nobody types. */
	private static final String NOT_TYPED = "text";

	private static final List<Page> PAGES = Page.all();

	static Stream<BlockCheck> checks() {
		return Stream.of(new JavaBlocks(), new JsonBlocks(), new XmlBlocks(), new PropertiesBlocks(), new ShellBlocks(),
				new ScriptBlocks(), new LiveQueryBlocks(), new NginxBlocks());
	}

	@ParameterizedTest
	@MethodSource("checks")
	void everyBlockIsRight(BlockCheck check) {
		List<Block> blocks = PAGES.stream()
			.flatMap((page) -> page.blocks().stream())
			.filter((block) -> check.languages().contains(block.language()))
			.toList();
		assertThat(blocks).isNotEmpty();
		assertThat(check.problems(blocks)).isEmpty();
		Assumptions.assumeTrue(check.notChecked() == null, check.notChecked());
	}

	@Test
	void everyBlockIsInALanguageThatIsChecked() {
		Set<String> known = new HashSet<>(Set.of(NOT_TYPED, "sql"));
		checks().forEach((check) -> known.addAll(check.languages()));
		List<String> problems = new ArrayList<>();
		for (Page page : PAGES) {
			for (Block block : page.blocks()) {
				if (!known.contains(block.language())) {
					problems.add(block.problem(0, "'" + block.language() + "' is none of " + known));
				}
			}
		}
		assertThat(problems).isEmpty();
	}

	@Test
	void everyLinkLeadsSomewhere() {
		assertThat(PAGES.stream().flatMap((page) -> Links.problems(page).stream())).isEmpty();
	}

	@Test
	void everyPageIsInTheTableOfContents() {
		Page contents = Page.read(Page.root().resolve("src/docs/README.md"));
		assertThat(PAGES.stream()
			.map(Page::file)
			.filter((file) -> file.getParent().equals(contents.file().getParent()) && !file.equals(contents.file())))
			.isSubsetOf(Links.targets(contents));
	}

	@Test
	void everyPropertyMeterAndTestThatIsNamedExists() {
		Names names = new Names();
		assertThat(PAGES.stream().flatMap((page) -> names.problems(page).stream())).isEmpty();
	}

}
