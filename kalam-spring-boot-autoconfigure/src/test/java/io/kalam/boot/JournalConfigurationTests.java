package io.kalam.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.kalam.boot.live.LiveApplication;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.Manage;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.ServerState;
import io.kalam.codec.Codecs;
import io.kalam.event.EventStore;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.journal.rocksdb.SharedJournal;
import io.kalam.partition.RealtimeTables;
import io.kalam.pipeline.ChangeSources;
import io.kalam.pipeline.OnSlotLost;
import io.kalam.pipeline.PipelineListener;
import io.kalam.pipeline.PipelineSettings;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.subscription.LiveHub;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which journal there is, where it is, and that its directory is let go of.
 */
class JournalConfigurationTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner;

	@BeforeEach
	void describe() {
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KalamConnectionAutoConfiguration.class,
					KalamEntityAutoConfiguration.class, KalamAutoConfiguration.class))
			.withUserConfiguration(OneTable.class)
			.withPropertyValues("kalam.postgres.host=localhost", "kalam.postgres.port=1",
					"kalam.journal.directory=" + this.directory.resolve("journals"));
	}

	@Test
	void historyIsDurableInADirectoryOfTheSlot() {
		this.runner.run((context) -> {
			assertThat(context).getBean(ChangeJournal.class).isInstanceOf(SharedJournal.class);
			assertThat(this.directory.resolve("journals").resolve("kalam_postgres").resolve("CURRENT")).exists();
		});
	}

	@Test
	void noDirectoryIsTouchedWithoutARealtimeTable() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(KalamConnectionAutoConfiguration.class, KalamAutoConfiguration.class))
			.withPropertyValues("kalam.postgres.host=localhost",
					"kalam.journal.directory=" + this.directory.resolve("journals"))
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(ChangeJournal.class)
				.isInstanceOf(MemoryJournal.class));
		assertThat(this.directory.resolve("journals")).doesNotExist();
	}

	@Test
	void theDirectoryIsFreeForTheNextContext() {
		for (int i = 0; i < 2; i++) {
			this.runner.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	@Test
	void theDirectoryIsFreeAfterAStartThatFails() {
		this.runner.withUserConfiguration(Failing.class).run((context) -> assertThat(context).hasFailed());
		this.runner.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aSecondProcessWaitsForTheDirectory() {
		ServerState server = new ServerState(170000, 1, 1, 1, new Lsn(1), new Lsn(1));
		this.runner.run((first) -> this.runner.run((second) -> {
			assertThat(second).hasNotFailed();
			assertThat(first.getBean(ChangeJournal.class).take(server)).isNull();
			assertThat(second.getBean(ChangeJournal.class).take(server)).contains("in use by another process");
		}));
	}

	@Test
	void historyIsInMemoryIfThePropertiesSaySo() {
		this.runner.withPropertyValues("kalam.journal.type=memory")
			.run((context) -> assertThat(context).getBean(ChangeJournal.class).isInstanceOf(MemoryJournal.class));
	}

	@Test
	void historyIsInMemoryWithoutTheLibrary() {
		this.runner.withClassLoader(new FilteredClassLoader(RocksDB.class))
			.run((context) -> assertThat(context).getBean(ChangeJournal.class).isInstanceOf(MemoryJournal.class));
	}

	@Test
	void theLibraryIsMissedIfThePropertiesWantIt() {
		this.runner.withClassLoader(new FilteredClassLoader(RocksDB.class))
			.withPropertyValues("kalam.journal.type=rocksdb")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(JournalUnavailableException.class)
				.rootCause()
				.hasFieldOrPropertyWithValue("action",
						"Add the dependency org.rocksdb:rocksdbjni, which kalam-spring-boot-starter brings, "
								+ "or set kalam.journal.type=memory."));
	}

	@Test
	void historyIsInMemoryBesideADatabaseThatEndsWithTheProcess() {
		this.runner.withUserConfiguration(TemporaryDatabase.class)
			.run((context) -> assertThat(context).getBean(ChangeJournal.class).isInstanceOf(MemoryJournal.class));
		this.runner.withUserConfiguration(TemporaryDatabase.class)
			.withPropertyValues("kalam.journal.type=rocksdb")
			.run((context) -> assertThat(context).getBean(ChangeJournal.class).isInstanceOf(SharedJournal.class));
	}

	@Test
	void aDamagedJournalIsMovedAsideAndBegunAnew() throws IOException {
		this.runner.run((context) -> assertThat(context).hasNotFailed());
		Files.delete(this.directory.resolve("journals").resolve("kalam_postgres").resolve("CURRENT"));
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(this.directory.resolve("journals").resolve("kalam_postgres.damaged")).isDirectory();
			assertThat(context.getBean(ChangeJournal.class).position()).isNull();
		});
	}

	/**
	 * One realtime table, and a pipeline that leaves the database alone.
	 */
	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = LiveApplication.class)
	static class OneTable {

		@Bean
		RealtimePipeline idle(PostgresSettings postgres, RealtimeTables tables, ChangeJournal journal, LiveHub hub,
				ChangeSources sources) {
			Duration never = Duration.ofHours(1);
			return new RealtimePipeline(
					new PipelineSettings(postgres, "slot", "publication", Manage.VALIDATE, false, OnSlotLost.FAIL,
							never, never),
					List.of(), new Codecs(), tables, new EventStore(tables, Clock.systemUTC(), hub::head), journal, hub,
					sources, Clock.systemUTC(), PipelineListener.NONE);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		String failing(ChangeJournal journal) {
			throw new IllegalStateException("after " + journal.head());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TemporaryDatabase {

		@Bean
		DevelopmentDatabase temporaryDatabase() {
			return new DevelopmentDatabase() {

				@Override
				public boolean isAt(PostgresSettings postgres) {
					return true;
				}

				@Override
				public boolean isTemporaryAt(PostgresSettings postgres) {
					return true;
				}

			};
		}

	}

}
