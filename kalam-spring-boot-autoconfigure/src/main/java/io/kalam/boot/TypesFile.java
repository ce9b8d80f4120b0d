package io.kalam.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.kalam.partition.RealtimeTables;
import io.kalam.typescript.TypeScriptDeclarations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.SmartLifecycle;

/**
 * Writes the types of the tables into a file, as soon as it is known which tables there
 * are (before the web server starts, unless the database was away), and whenever they
 * have changed while the application runs.
 */
final class TypesFile implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(TypesFile.class);

	private final Path file;

	private final TypeScriptDeclarations declarations;

	private volatile boolean running;

	TypesFile(Path file, TypeScriptDeclarations declarations, RealtimeTables tables) {
		this.file = file;
		this.declarations = declarations;
		tables.listen(this::follow);
	}

	/**
	 * Writes the file.
	 * @throws InvalidConfigurationPropertyValueException if that can't be done
	 */
	@Override
	public void start() {
		this.running = true;
		try {
			write();
		}
		catch (IOException ex) {
			throw new InvalidConfigurationPropertyValueException(KalamTypesProperties.FILE, this.file,
					"It can't be written. Its directory has to be there, and be writable.");
		}
		if (!this.declarations.isKnown()) {
			logger.info("{} is written when the database has been looked at", this.file);
		}
	}

	private void follow() {
		try {
			if (this.running) {
				write();
			}
		}
		catch (IOException ex) {
			logger.warn("{} can't be written: {}", this.file, ex.toString());
		}
	}

	private synchronized void write() throws IOException {
		if (!this.declarations.isKnown()) {
			return;
		}
		String types = this.declarations.write();
		if (!Files.exists(this.file) || !Files.readString(this.file).equals(types)) {
			Files.writeString(this.file, types);
			logger.info("The types of the realtime tables have changed: {}", this.file);
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return KalamPipelineLifecycle.PHASE + 1;
	}

}
