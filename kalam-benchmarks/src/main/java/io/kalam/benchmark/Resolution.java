package io.kalam.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Maven has resolved: which artifact needs which, and where their files are.
 *
 * @param needs the artifacts that an artifact needs
 * @param files the files of all artifacts
 */
record Resolution(Map<Artifact, Set<Artifact>> needs, List<Path> files) {

	/**
	 * Reads what Maven has written.
	 * @param tree its tree as JSON, with what it leaves out because it is there already
	 * @param classPath its class path
	 * @return the resolution
	 * @throws IOException if there is no such file
	 */
	static Resolution read(Path tree, Path classPath) throws IOException {
		Map<Artifact, Set<Artifact>> needs = new LinkedHashMap<>();
		add(JsonMapper.shared().readTree(Files.readString(tree)), needs);
		String[] files = Files.readString(classPath).strip().split(File.pathSeparator);
		return new Resolution(needs, Arrays.stream(files).map(Path::of).toList());
	}

	private static void add(JsonNode node, Map<Artifact, Set<Artifact>> needs) {
		Set<Artifact> needed = needs.computeIfAbsent(Artifact.of(node), (artifact) -> new LinkedHashSet<>());
		for (JsonNode child : node.path("children")) {
			needed.add(Artifact.of(child));
			add(child, needs);
		}
	}

	/**
	 * The class path of an application.
	 * @param names the artifacts that it names as dependencies, without their versions
	 * @return their files, and those of whatever they need
	 */
	List<Path> classPath(List<String> names) {
		Set<Artifact> found = new LinkedHashSet<>();
		Deque<Artifact> left = new ArrayDeque<>(names.stream().map(this::named).toList());
		while (!left.isEmpty()) {
			Artifact artifact = left.remove();
			if (found.add(artifact)) {
				left.addAll(Objects.requireNonNull(this.needs.get(artifact)));
			}
		}
		return found.stream().map(this::file).collect(Collectors.toList());
	}

	private Artifact named(String name) {
		return this.needs.keySet()
			.stream()
			.filter((artifact) -> artifact.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(name + " is no dependency of the benchmarks"));
	}

	private Path file(Artifact artifact) {
		return this.files.stream()
			.filter(artifact::isIn)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(artifact + " is not on the class path"));
	}

	/**
	 * An artifact.
	 *
	 * @param name its name
	 * @param jar the name of its jar
	 */
	record Artifact(String name, String jar) {

		private static Artifact of(JsonNode node) {
			String name = node.path("artifactId").asString();
			String classifier = node.path("classifier").asString();
			return new Artifact(name, name + "-" + node.path("version").asString()
					+ (classifier.isEmpty() ? "" : "-" + classifier) + ".jar");
		}

		/**
		 * Whether a file is this artifact's: a jar, or the classes of a module that is
		 * not packed yet.
		 */
		private boolean isIn(Path file) {
			return file.endsWith(this.jar) || file.endsWith(Path.of(this.name, "target", "classes"));
		}

	}

}
