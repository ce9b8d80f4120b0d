package io.kalam.boot.observation;

import java.util.List;
import java.util.Map;

import io.kalam.catalog.TableName;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.subscription.ResumeListener;
import io.kalam.subscription.ResumeOutcome;
import io.kalam.testing.TestTypes;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.observation.tck.TestObservationRegistryAssert.TestObservationRegistryAssertReturningObservationContextAssert;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is observed of clients that come back, of commits and of snapshots.
 */
class ObservedWorkTests {

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	@Test
	void aResumeLastsUntilTheClientIsLive() {
		ResumeListener resume = resume();
		resume.decided(ResumeOutcome.CONTINUED);
		that("kalam.resume").isNotStopped();
		resume.caughtUp();
		that("kalam.resume").hasBeenStopped()
			.hasLowCardinalityKeyValue("outcome", "continued")
			.hasLowCardinalityKeyValue("table", "public.tickets")
			.hasOnlyKeys("outcome", "table");
	}

	@Test
	void aRefusedCursorIsTheEndOfIt() {
		resume().decided(ResumeOutcome.UNVOUCHED);
		that("kalam.resume").hasBeenStopped().hasLowCardinalityKeyValue("outcome", "unvouched");
	}

	@Test
	void aClientGoesBeforeItIsLive() {
		ResumeListener resume = resume();
		resume.decided(ResumeOutcome.CONTINUED);
		resume.abandoned();
		that("kalam.resume").hasBeenStopped().hasLowCardinalityKeyValue("outcome", "cancelled").doesNotHaveError();
	}

	@Test
	void aCommitIsObservedAroundItsWork() {
		commits(this.registry).publishing(7, () -> assertThat(this.registry.getCurrentObservation()).isNotNull());
		that("kalam.commit").hasBeenStopped()
			.hasLowCardinalityKeyValue("outcome", "published")
			.hasHighCardinalityKeyValue("changes", "7")
			.doesNotHaveError();
		assertThat(this.registry.getCurrentObservation()).isNull();
	}

	@Test
	void aCommitThatCanNotBePublishedFailsAsBefore() {
		assertThatIllegalStateException().isThrownBy(() -> commits(this.registry).publishing(7, () -> {
			throw new IllegalStateException("secret");
		})).withMessage("secret");
		that("kalam.commit").hasBeenStopped()
			.hasLowCardinalityKeyValue("outcome", "failed")
			.thenError()
			.hasMessage("java.lang.IllegalStateException");
		assertThat(this.registry.getCurrentObservation()).isNull();
	}

	@Test
	void aSnapshotThatCanNotBeReadFailsAsBefore() {
		try (SnapshotReader reader = new ObservedSnapshotReader(new Unreadable(),
				new Observations<>(this.registry, null, new DefaultSnapshotObservationConvention()))) {
			assertThatIllegalStateException().isThrownBy(() -> reader.read(request()).block())
				.withMessageContaining("secret");
		}
		that("kalam.snapshot").hasBeenStopped()
			.hasLowCardinalityKeyValue("outcome", "failed")
			.hasLowCardinalityKeyValue("table", "public.tickets")
			.satisfies((context) -> assertThat(context.getError()).hasMessage(IllegalStateException.class.getName()));
	}

	@Test
	void aRegistryThatIgnoresThemCostsNothing() {
		assertThat(resumes(ObservationRegistry.NOOP).resuming(new TableName("public", "tickets")))
			.isSameAs(ResumeListener.NONE);
		int[] runs = new int[1];
		commits(ObservationRegistry.NOOP).publishing(7, () -> runs[0]++);
		assertThat(runs[0]).isEqualTo(1);
	}

	private ResumeListener resume() {
		return resumes(this.registry).resuming(new TableName("public", "tickets"));
	}

	private static ObservedResumes resumes(ObservationRegistry registry) {
		return new ObservedResumes(new Observations<>(registry, null, new DefaultResumeObservationConvention()));
	}

	private static ObservedCommits commits(ObservationRegistry registry) {
		return new ObservedCommits(new Observations<>(registry, null, new DefaultCommitObservationConvention()));
	}

	private TestObservationRegistryAssertReturningObservationContextAssert that(String name) {
		return TestObservationRegistryAssert.assertThat(this.registry).hasObservationWithNameEqualTo(name).that();
	}

	private static SnapshotRequest request() {
		LiveTable table = TestTypes
			.liveTable(TestTypes.rowType(new TableName("public", "tickets"), Map.of("id", "int4"), TestTypes.BINARY));
		return new SnapshotRequest(new Partition(table.name(), null), new LiveQueryParser(QueryLimits.DEFAULT)
			.parse("SELECT * FROM tickets", List.of(), "alice", (schema, name) -> table), 0);
	}

	private static final class Unreadable implements SnapshotReader {

		@Override
		public Mono<Snapshot> read(SnapshotRequest request) {
			return Mono.error(() -> new IllegalStateException("secret"));
		}

		@Override
		public void close() {
		}

	}

}
