package io.kalam.postgres.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class BinaryArchiveTests {

	@TempDir
	Path directory;

	Path target;

	@BeforeEach
	void createTarget() throws IOException {
		this.target = Files.createDirectory(this.directory.resolve("target"));
	}

	@Test
	void unpacksOnce() throws IOException {
		BinaryArchive archive = archive("bin/initdb");
		Path home = archive.unpackInto(this.target);
		assertThat(home.resolve("bin/initdb")).hasContent("content").isExecutable();
		Files.writeString(home.resolve("bin/initdb"), "used");
		assertThat(archive.unpackInto(this.target)).isEqualTo(home);
		assertThat(home.resolve("bin/initdb")).hasContent("used");
		assertThat(this.target)
			.isDirectoryNotContaining((path) -> path.getFileName().toString().startsWith("unfinished"));
	}

	@Test
	void refusesAFileOutsideAndLeavesNothing() throws IOException {
		BinaryArchive archive = archive("../outside");
		assertThatIOException().isThrownBy(() -> archive.unpackInto(this.target)).withMessageContaining("../outside");
		assertThat(this.target).isEmptyDirectory();
		assertThat(this.directory.resolve("outside")).doesNotExist();
	}

	private BinaryArchive archive(String name) throws IOException {
		Path file = this.directory.resolve("archive.txz");
		try (OutputStream stream = Files.newOutputStream(file);
				TarArchiveOutputStream tar = new TarArchiveOutputStream(
						new XZOutputStream(stream, new LZMA2Options()))) {
			TarArchiveEntry entry = new TarArchiveEntry(name, true);
			entry.setSize(7);
			tar.putArchiveEntry(entry);
			tar.write("content".getBytes());
			tar.closeArchiveEntry();
		}
		return new BinaryArchive(file.toUri().toURL());
	}

}
