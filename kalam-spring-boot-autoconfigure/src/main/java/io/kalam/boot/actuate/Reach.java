package io.kalam.boot.actuate;

import java.util.List;

import io.kalam.partition.Partition;
import io.kalam.query.SqlCondition;
import org.jspecify.annotations.Nullable;

/**
 * What a user may read of a table, as far as that can be told.
 */
sealed interface Reach {

	/**
	 * The word for it.
	 */
	String word();

	/**
	 * Nothing of it.
	 *
	 * @param why why not, in a sentence
	 */
	record Denied(String why) implements Reach {

		@Override
		public String word() {
			return "denied";
		}

	}

	/**
	 * That can't be told.
	 *
	 * @param why why not, in a sentence
	 */
	record Unknown(String why) implements Reach {

		@Override
		public String word() {
			return "unknown";
		}

	}

	/**
	 * Rows of it.
	 *
	 * @param partition the user's partition, {@code null} if no row can be the user's
	 * @param rules what else has to be true of a row
	 */
	record Rows(@Nullable Partition partition, List<SqlCondition> rules) implements Reach {

		@Override
		public String word() {
			if (this.partition == null) {
				return "nothing";
			}
			if (!this.rules.isEmpty()) {
				return "some-rows";
			}
			return (this.partition.owner() != null) ? "own-rows" : "all-rows";
		}

	}

}
