package io.kalam.manual;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.kalam.manual.Page.Mention;

/**
 * Follows the links between pages and to files.
 */
final class Links {

	private Links() {
	}

	static List<String> problems(Page page) {
		List<String> problems = new ArrayList<>();
		for (Mention link : page.links()) {
			if (!link.text().matches("https?://.*")) {
				int hash = link.text().indexOf('#');
				String path = (hash < 0) ? link.text() : link.text().substring(0, hash);
				Path target = path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
				if (!path.isEmpty() && !Files.exists(target)) {
					problems.add(link.problem("leads nowhere"));
				}
				else if (hash >= 0 && !anchors(page, path, target).contains(link.text().substring(hash + 1))) {
					problems.add(link.problem("names no heading of that page"));
				}
			}
		}
		return problems;
	}

	private static Set<String> anchors(Page page, String path, Path target) {
		return (path.isEmpty() ? page : Page.read(target)).anchors();
	}

	/**
	 * The files that a page links.
	 */
	static Set<Path> targets(Page page) {
		Set<Path> targets = new TreeSet<>();
		for (Mention link : page.links()) {
			targets.add(page.file().resolveSibling(link.text().replaceFirst("#.*", "")).normalize());
		}
		return targets;
	}

}
