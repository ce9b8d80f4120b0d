package io.kalam.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@DisabledOnOs(OS.WINDOWS)
class PrivateDirectoryTests {

	@TempDir
	Path directory;

	@Test
	void createsWhatNobodyElseMayWrite() throws IOException {
		Path created = PrivateDirectory.create(this.directory.resolve("a/b"));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(created))).isEqualTo("rwxr-xr-x");
		assertThat(created).isEmptyDirectory();
		assertThat(PrivateDirectory.create(created)).isEqualTo(created);
	}

	@Test
	void refusesWhatOthersMayWrite() throws IOException {
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxrwxrwx"));
		assertThatIOException().isThrownBy(() -> PrivateDirectory.create(this.directory))
			.withMessageContaining("another user");
	}

	@Test
	void refusesALinkToADirectory() throws IOException {
		Path target = Files.createDirectory(this.directory.resolve("target"));
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), target);
		assertThatIOException().isThrownBy(() -> PrivateDirectory.create(link));
	}

}
