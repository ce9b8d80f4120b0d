package io.kalam.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The class paths of start-up are what Maven has resolved.
 */
class ResolutionTests {

	private static final String NODE = "{'groupId':'g','artifactId':'%s','version':'1','classifier':'%s','children':[%s]}";

	@TempDir
	private Path directory;

	private Resolution resolution;

	@BeforeEach
	void resolve() throws IOException {
		String web = node("web", "", node("json", ""), node("net", ""), node("net", "linux"));
		String starter = node("starter", "", node("core", "", node("web", "")), node("journal", ""));
		Path tree = this.directory.resolve("tree.json");
		Files.writeString(tree, node("benchmarks", "", web, starter).replace('\'', '"'));
		Path classPath = this.directory.resolve("classpath");
		Files.writeString(classPath,
				String.join(File.pathSeparator, file("web-1.jar"), file("json-1.jar"), file("net-1.jar"),
						file("net-1-linux.jar"), file("journal-1.jar"), file("core/target/classes"),
						file("starter/target/classes")));
		this.resolution = Resolution.read(tree, classPath);
	}

	@Test
	void anApplicationHasWhatItNamesAndWhatThatNeeds() {
		assertThat(this.resolution.classPath(List.of("web")).stream().map(Path::toString))
			.containsExactly(file("web-1.jar"), file("json-1.jar"), file("net-1.jar"), file("net-1-linux.jar"));
	}

	@Test
	void whatIsNeededTwiceIsFoundWhereverItWasResolved() {
		assertThat(this.resolution.classPath(List.of("starter")).stream().map(Path::toString)).containsExactly(
				file("starter/target/classes"), file("core/target/classes"), file("journal-1.jar"), file("web-1.jar"),
				file("json-1.jar"), file("net-1.jar"), file("net-1-linux.jar"));
	}

	@Test
	void whatIsNotThereIsSaid() {
		assertThatIllegalStateException().isThrownBy(() -> this.resolution.classPath(List.of("webflux")))
			.withMessage("webflux is no dependency of the benchmarks");
	}

	@Test
	void modulesArePackedAndOnesWithoutClassesToo() throws IOException {
		Path classes = Files.createDirectories(this.directory.resolve("core/target/classes"));
		Files.writeString(classes.resolve("kalam.js"), "export");
		Path packed = Files.createDirectory(this.directory.resolve("packed"));
		Jars jars = Jars.pack(List.of(classes, this.directory.resolve("starter/target/classes")), packed);
		assertThat(jars.files()).containsExactly(packed.resolve("core.jar"), packed.resolve("starter.jar"))
			.allSatisfy((jar) -> assertThat(jar).isNotEmptyFile());
		assertThat(jars.largest(1)).containsExactly(packed.resolve("core.jar"));
		assertThat(jars.without(new Jars(jars.largest(1))).files()).containsExactly(packed.resolve("starter.jar"));
	}

	private String file(String name) {
		return this.directory.resolve(name).toString();
	}

	private static String node(String artifact, String classifier, String... children) {
		return NODE.formatted(artifact, classifier, String.join(",", children));
	}

}
