package io.kalam.boot.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kalam.subscription.ResumeOutcome;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The manual's table of observations beside the conventions.
 */
class ObservationDocumentationTests {

	private final Map<String, List<String>> rows = new TreeMap<>();

	ObservationDocumentationTests() throws IOException {
		Files.readAllLines(root().resolve("src/docs/metrics.md"))
			.stream()
			.dropWhile((line) -> !line.equals("## Observations"))
			.filter((line) -> line.startsWith("| `kalam."))
			.map((line) -> Arrays.asList(line.replace("`", "").split(" *\\| *", -1)))
			.forEach((cells) -> this.rows.put(cells.get(1), cells));
	}

	@Test
	void theManualHasEveryObservationWithItsKeys() {
		Map<String, List<String>> described = new TreeMap<>();
		this.rows.forEach((name, cells) -> described.put(name, keys(cells.get(3), cells.get(4))));
		Map<String, List<String>> made = new TreeMap<>();
		add(made, new DefaultAuthenticationObservationConvention(), new AuthenticationObservationContext());
		add(made, new DefaultSnapshotObservationConvention(), new SnapshotObservationContext("public.tickets"));
		add(made, new DefaultResumeObservationConvention(), new ResumeObservationContext("public.tickets"));
		add(made, new DefaultCommitObservationConvention(), new CommitObservationContext(1));
		assertThat(described).isEqualTo(made);
	}

	@Test
	void theManualHasEveryOutcomeOfAResume() {
		String outcomes = Arrays.stream(ResumeOutcome.values())
			.map((outcome) -> outcome.name().toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "));
		assertThat(this.rows.get("kalam.resume").get(3)).startsWith("outcome: " + outcomes + ", cancelled;");
	}

	private static <C extends Observation.Context> void add(Map<String, List<String>> made,
			ObservationConvention<C> convention, C context) {
		KeyValues low = convention.getLowCardinalityKeyValues(context);
		List<String> keys = new ArrayList<>();
		low.forEach((value) -> keys.add(value.getKey()));
		convention.getHighCardinalityKeyValues(context).forEach((value) -> keys.add(value.getKey()));
		made.put(String.valueOf(convention.getName()), keys);
	}

	private static List<String> keys(String low, String high) {
		return Stream.concat(Arrays.stream(low.split("; *")), Arrays.stream(high.split("; *")))
			.map((key) -> key.replaceFirst(":.*", ""))
			.filter((key) -> !key.isEmpty())
			.toList();
	}

	private static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("mvnw"))) {
			directory = directory.getParent();
		}
		return directory;
	}

}
