package io.kalam.starter.torture;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.kalam.catalog.Lsn;
import io.kalam.sequence.Sequence;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known of each commit: whether Postgres said that it is one, a position in the
 * log behind it, and the sequence that clients were told. Thread-safe.
 */
final class CommitBook {

	private final AtomicLong numbers = new AtomicLong();

	private final Set<Long> confirmed = ConcurrentHashMap.newKeySet();

	private final Set<Long> refuted = ConcurrentHashMap.newKeySet();

	private final Map<Long, Lsn> ended = new ConcurrentHashMap<>();

	private final Map<Long, Sequence> sequences = new ConcurrentHashMap<>();

	private final Map<Sequence, Long> numbersOf = new ConcurrentHashMap<>();

	private volatile long settled;

	long next() {
		return this.numbers.incrementAndGet();
	}

	void confirmed(long number) {
		this.confirmed.add(number);
	}

	void confirmed(long number, Lsn end) {
		this.ended.put(number, end);
		this.confirmed.add(number);
	}

	void refuted(long number) {
		this.refuted.add(number);
	}

	/**
	 * A client has been told a commit.
	 */
	void told(long number, Sequence sequence) {
		Sequence before = this.sequences.putIfAbsent(number, sequence);
		assertThat(before == null || before.equals(sequence))
			.as("commit %s has the sequence %s, and had %s", number, sequence, before)
			.isTrue();
		Long other = this.numbersOf.putIfAbsent(sequence, number);
		assertThat(other == null || other == number)
			.as("sequence %s is of commit %s, and was of %s", sequence, number, other)
			.isTrue();
	}

	/**
	 * The sequence of a commit.
	 * @return what clients were told, or {@code null} if none was told of it
	 */
	Sequence sequence(long number) {
		return this.sequences.get(number);
	}

	/**
	 * Compares what has been told with what Postgres holds.
	 * @param begun of every commit since the last comparison, a position in the log
	 * before its end
	 */
	void check(Map<Long, Lsn> begun) {
		assertThat(begun.keySet()).as("commits that Postgres confirmed").containsAll(this.confirmed);
		assertThat(begun.keySet()).as("commits that are none").doesNotContainAnyElementsOf(this.refuted);
		this.sequences.forEach((number, sequence) -> {
			Lsn from = begun.get(number);
			Lsn to = this.ended.get(number);
			if (from != null) {
				assertThat(sequence.lsn().isAfter(from))
					.as("commit %s ended at %s, after %s", number, sequence.lsn(), from)
					.isTrue();
				assertThat(to == null || !sequence.lsn().isAfter(to))
					.as("commit %s ended at %s, before %s", number, sequence.lsn(), to)
					.isTrue();
			}
		});
		this.confirmed.clear();
		this.refuted.clear();
		this.ended.clear();
	}

	/**
	 * Forgets the sequences of all commits that there are: no client can be told them
	 * again.
	 */
	void settle() {
		this.settled = this.numbers.get();
		this.sequences.clear();
		this.numbersOf.clear();
	}

	/**
	 * The last commit that everybody had when they were compared.
	 */
	long settled() {
		return this.settled;
	}

}
