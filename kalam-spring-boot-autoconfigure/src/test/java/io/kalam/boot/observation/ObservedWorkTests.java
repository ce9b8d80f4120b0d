package io.kalam.boot.observation;

import io.kalam.catalog.TableName;
import io.kalam.subscription.ResumeListener;
import io.kalam.subscription.ResumeOutcome;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.observation.tck.TestObservationRegistryAssert.TestObservationRegistryAssertReturningObservationContextAssert;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is observed of clients that come back and of commits.
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

}
