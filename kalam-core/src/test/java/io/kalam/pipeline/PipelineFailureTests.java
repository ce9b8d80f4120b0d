package io.kalam.pipeline;

import java.util.List;
import java.util.stream.Stream;

import io.kalam.capture.CaptureException;
import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.Finding;
import io.kalam.catalog.StartupCheckException;
import io.kalam.journal.JournalUnreadableException;
import io.kalam.journal.JournalUnusableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators are told of each way in which capture fails.
 */
class PipelineFailureTests {

	@ParameterizedTest
	@MethodSource("foreseen")
	void saysWhatHasFailed(RuntimeException ex, PipelineState state) {
		PipelineFailure failure = PipelineFailure.of(ex);
		assertThat(failure.state()).isEqualTo(state);
		assertThat(failure.detail()).contains("the cause");
		assertThat(failure.foreseen()).isTrue();
	}

	private static Stream<Arguments> foreseen() {
		Finding finding = new Finding("This is the cause.", "SELECT 1");
		Throwable none = new IllegalStateException();
		return Stream.of(Arguments.of(new HistoryBrokenException("the cause"), PipelineState.RETRYING),
				Arguments.of(new DatabaseUnavailableException("the cause", null), PipelineState.RETRYING),
				Arguments.of(new JournalUnreadableException("the cause", null), PipelineState.RETRYING),
				Arguments.of(new SlotLostException(finding), PipelineState.SLOT_LOST),
				Arguments.of(new StartupCheckException(List.of(finding)), PipelineState.DOWN),
				Arguments.of(new JournalUnusableException("the cause", null), PipelineState.DOWN),
				Arguments.of(new CaptureException("the cause", true, none), PipelineState.DOWN),
				Arguments.of(new CaptureException("the cause", false, none), PipelineState.RETRYING));
	}

	@Test
	void tellsNothingOfWhatWasNotForeseen() {
		PipelineFailure failure = PipelineFailure.of(new IllegalStateException("password=secret"));
		assertThat(failure.state()).isEqualTo(PipelineState.RETRYING);
		assertThat(failure.detail()).doesNotContain("secret").contains("log");
		assertThat(failure.foreseen()).isFalse();
	}

}
