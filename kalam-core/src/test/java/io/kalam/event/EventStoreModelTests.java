package io.kalam.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A store of events beside a model of it, by chance.
 */
class EventStoreModelTests extends CommittedEvents {

	/**
	 * Whatever happens, what was published adds up to what is read, and that is what a
	 * list says that is kept in the simplest way.
	 */
	@Test
	void whatIsToldAddsUpToWhatLives() {
		for (int seed = 0; seed < 200; seed++) {
			setUp();
			Random random = new Random(seed);
			Map<String, Told> model = new LinkedHashMap<>();
			for (int step = 0; step < 60; step++) {
				step(random, model);
				assertThat(read("ann", "bob")).as("seed %d, step %d", seed, step).isEqualTo(lines(model));
				assertThat(this.store.status(NAME).living()).as("seed %d, step %d", seed, step).isEqualTo(model.size());
				assertThat(folded()).as("seed %d, step %d", seed, step).hasSameElementsAs(lines(model));
			}
		}
	}

	private void setUp() {
		this.published.clear();
		this.store.forget();
		this.head = this.next;
	}

	private void step(Random random, Map<String, Told> model) {
		List<Change> changes = new ArrayList<>();
		for (int i = random.nextInt(4); i > 0; i--) {
			String owner = random.nextBoolean() ? "ann" : "bob";
			String name = "n" + random.nextInt(7);
			changes.add(change(random.nextInt(8), "h" + random.nextInt(3), owner, name, random.nextInt(3), model));
			List<String> own = model.keySet().stream().filter((key) -> key.startsWith(owner)).toList();
			own.subList(0, Math.max(0, own.size() - MOST)).forEach(model::remove);
		}
		CommittedTransaction transaction = transaction(this.clock.instant(), changes.toArray(Change[]::new));
		if (random.nextInt(5) == 0) {
			assertThatIllegalStateException().isThrownBy(() -> this.store.apply(transaction, FAILING));
		}
		this.store.apply(transaction, this.publish);
		this.clock.advance(Duration.ofMillis(random.nextInt(5000)));
		model.values().removeIf((told) -> !told.ends().isAfter(this.clock.instant()));
		progress();
	}

	private Change change(int kind, String holder, String owner, String name, int value, Map<String, Told> model) {
		String key = owner + ' ' + name;
		Told before = model.get(key);
		Map<String, Instant> holders = new HashMap<>((before != null) ? before.holders() : Map.of());
		holders.values().removeIf((ends) -> !ends.isAfter(this.clock.instant()));
		Instant ends = this.clock.instant().plus(TTL);
		if (kind == 0) {
			model.remove(key);
			return remove(owner, name);
		}
		if (kind <= 2) {
			holders.remove(holder);
			model.computeIfPresent(key,
					(unused, told) -> holders.isEmpty() ? null : new Told(owner, told.value(), told.ends(), holders));
			return release(holder, owner, name);
		}
		if (kind <= 5) {
			holders.put(holder, ends);
		}
		model.remove(key);
		model.put(key, new Told(owner, value, ends, holders));
		return (kind <= 5) ? hold(holder, owner, name, value) : put(owner, name, value);
	}

	private static List<String> lines(Map<String, Told> model) {
		return List.of("ann", "bob")
			.stream()
			.flatMap((owner) -> model.entrySet()
				.stream()
				.filter((entry) -> entry.getValue().owner().equals(owner))
				.map((entry) -> entry.getKey() + ' ' + entry.getValue().value()))
			.toList();
	}

	private List<String> folded() {
		List<String> rows = new ArrayList<>();
		this.published.forEach((transaction) -> transaction.changes().forEach((change) -> {
			if (change instanceof Change.Insert insert) {
				rows.add(line(insert.row()));
			}
			else if (change instanceof Change.Update update) {
				assertThat(rows.remove(line(update.before()))).isTrue();
				rows.add(line(update.after()));
			}
			else {
				assertThat(rows.remove(line(((Change.Delete) change).before()))).isTrue();
			}
		}));
		return rows;
	}

	private record Told(String owner, int value, Instant ends, Map<String, Instant> holders) {
	}

}
