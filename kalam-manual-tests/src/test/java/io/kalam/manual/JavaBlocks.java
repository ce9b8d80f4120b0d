package io.kalam.manual;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.util.JavacTask;

/**
 * Compiles Java against the real class path. A block has types; or, if it is a
 * {@code java fragment(Type name, …)}, statements beside these fields; or, if it is
 * {@code java members}, methods and fields. It sees the public types of the blocks above
 * it on its page, and {@code imports.txt} as far as it imports nothing else by itself.
 */
final class JavaBlocks implements BlockCheck {

	private static final Pattern FRAGMENT = Pattern.compile("fragment\\s*(?:\\((.*)\\))?");

	private static final Pattern IMPORT = Pattern.compile("(?m)^import [^;]+;");

	/** One that is in no type's arguments. */
	private static final Pattern COMMA = Pattern.compile(",\\s*(?![^<]*>)");

	private static final String IMPORTS = TextResource.read("imports.txt")
		.lines()
		.filter((line) -> !line.isBlank())
		.map((line) -> "import " + line + "; ")
		.collect(Collectors.joining());

	@Override
	public Set<String> languages() {
		return Set.of("java");
	}

	@Override
	public List<String> problems(List<Block> blocks) {
		List<String> problems = new ArrayList<>();
		List<Source> sources = new ArrayList<>();
		Map<String, String> above = new HashMap<>();
		for (Block block : blocks) {
			String name = "snippets.s" + sources.size();
			String body = body(block);
			if (body == null) {
				problems
					.add(block.problem(0, "a Java block has types, or is a fragment(…), or members: " + block.info()));
				continue;
			}
			sources.add(new Source(block, unit(name, above.getOrDefault(block.page(), ""), body)));
			above.merge(block.page(), "import " + name + ".*; ", String::concat);
		}
		problems.addAll(compile(sources));
		return problems;
	}

	/**
	 * As many lines as the block, each where it was.
	 */
	private static String body(Block block) {
		if (block.manner().isEmpty()) {
			return block.text();
		}
		Matcher fragment = FRAGMENT.matcher(block.manner());
		String imports = IMPORT.matcher(block.text())
			.results()
			.map((match) -> match.group() + " ")
			.collect(Collectors.joining());
		String rest = IMPORT.matcher(block.text()).replaceAll("");
		if (fragment.matches()) {
			String fields = (fragment.group(1) != null) ? COMMA.matcher(fragment.group(1)).replaceAll("; ") + "; " : "";
			return imports + "class Fragment { " + fields + "void fragment() throws Exception { " + rest + "\n}}";
		}
		return block.manner().equals("members") ? imports + "class Members { " + rest + "\n}" : null;
	}

	private static String unit(String name, String above, String body) {
		return body.startsWith("package ") ? body : "package " + name + "; " + IMPORTS + above + body;
	}

	private static List<String> compile(List<Source> sources) {
		if (sources.isEmpty()) {
			return List.of();
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
		StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null);
		JavacTask task = (JavacTask) compiler.getTask(null, files, found, List.of("-proc:none", "-implicit:none",
				"-Xmaxerrs", "1000", "-classpath", System.getProperty("java.class.path")), null, sources);
		try {
			task.analyze();
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		return found.getDiagnostics()
			.stream()
			.filter((diagnostic) -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
			.map(JavaBlocks::problem)
			.toList();
	}

	private static String problem(Diagnostic<? extends JavaFileObject> diagnostic) {
		String message = diagnostic.getMessage(Locale.ROOT).replaceAll("\\s*\\n\\s*", " ");
		return (diagnostic.getSource() instanceof Source source)
				? source.block.problem(diagnostic.getLineNumber(), message) : message;
	}

	/**
	 * A block as a file.
	 */
	private static final class Source extends SimpleJavaFileObject {

		private final Block block;

		private final String text;

		Source(Block block, String text) {
			super(URI.create("string:///" + block.page() + "/" + block.line() + ".java"), Kind.SOURCE);
			this.block = block;
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

		/**
		 * A public type may be in any file.
		 */
		@Override
		public boolean isNameCompatible(String simpleName, Kind kind) {
			return true;
		}

	}

}
