package io.kalam.journal.memory;

import java.util.Objects;

import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * A queue in the order of sequences that is searched by sequence: a ring that grows and
 * shrinks with what it holds, its capacity always a power of two. For one thread at a
 * time; many may read while none writes.
 *
 * @param <E> the type of the elements
 */
final class Timeline<E> {

	private static final int SMALLEST = 2;

	private long[] sequences = new long[SMALLEST];

	private @Nullable Object[] elements = new Object[SMALLEST];

	private int first;

	private int size;

	int size() {
		return this.size;
	}

	void add(Sequence sequence, E element) {
		if (this.size == this.elements.length) {
			resize(2 * this.size);
		}
		int slot = slot(this.size);
		this.sequences[slot] = sequence.value();
		this.elements[slot] = element;
		this.size++;
	}

	@SuppressWarnings("unchecked")
	E get(int index) {
		return (E) Objects.requireNonNull(this.elements[slot(index)]);
	}

	E removeFirst() {
		E element = get(0);
		this.elements[this.first] = null;
		this.first = slot(1);
		this.size--;
		if (this.size >= SMALLEST && this.size <= this.elements.length / 4) {
			resize(this.elements.length / 2);
		}
		return element;
	}

	/**
	 * The index of the first element after a position.
	 * @param position the position
	 * @return the index, {@link #size()} if there is no such element
	 */
	int indexAfter(Sequence position) {
		int low = 0;
		int high = this.size;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (this.sequences[slot(middle)] > position.value()) {
				high = middle;
			}
			else {
				low = middle + 1;
			}
		}
		return low;
	}

	void clear() {
		this.sequences = new long[SMALLEST];
		this.elements = new Object[SMALLEST];
		this.first = 0;
		this.size = 0;
	}

	private int slot(int index) {
		return (this.first + index) & (this.elements.length - 1);
	}

	private void resize(int capacity) {
		long[] movedSequences = new long[capacity];
		@Nullable Object[] movedElements = new Object[capacity];
		int tail = Math.min(this.size, this.elements.length - this.first);
		System.arraycopy(this.sequences, this.first, movedSequences, 0, tail);
		System.arraycopy(this.elements, this.first, movedElements, 0, tail);
		System.arraycopy(this.sequences, 0, movedSequences, tail, this.size - tail);
		System.arraycopy(this.elements, 0, movedElements, tail, this.size - tail);
		this.sequences = movedSequences;
		this.elements = movedElements;
		this.first = 0;
	}

}
