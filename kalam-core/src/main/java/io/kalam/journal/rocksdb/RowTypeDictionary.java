package io.kalam.journal.rocksdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kalam.catalog.Table;
import io.kalam.codec.RowType;

/**
 * The row types of all changes that are here, each with a number that stands for it. May
 * be used by any thread.
 */
final class RowTypeDictionary {

	private final Map<RowType, Integer> numbers = new HashMap<>();

	private final Map<Integer, RowType> types = new ConcurrentHashMap<>();

	private final List<Integer> unsaved = new ArrayList<>();

	private int next;

	/**
	 * Takes up what was saved earlier.
	 */
	void load(int number, byte[] definition) {
		RowType type = RowTypeFormat.read(definition);
		this.numbers.put(type, number);
		this.types.put(number, type);
		this.next = Math.max(this.next, number + 1);
	}

	/**
	 * The number of a type.
	 */
	synchronized int number(RowType type) {
		Integer known = this.numbers.get(type);
		if (known == null) {
			known = this.next++;
			this.numbers.put(type, known);
			this.unsaved.add(known);
		}
		this.types.put(known, type);
		return known;
	}

	/**
	 * The type with a number.
	 */
	RowType type(int number) {
		RowType type = this.types.get(number);
		if (type == null) {
			throw new IllegalArgumentException("No row type " + number);
		}
		return type;
	}

	/**
	 * The tables of all types.
	 */
	List<Table> tables() {
		return this.types.values().stream().map(RowType::table).toList();
	}

	/**
	 * The numbers that have to be saved together with what was written with them.
	 */
	synchronized List<Integer> unsaved() {
		return List.copyOf(this.unsaved);
	}

	synchronized void saved(List<Integer> numbers) {
		this.unsaved.removeAll(numbers);
	}

}
