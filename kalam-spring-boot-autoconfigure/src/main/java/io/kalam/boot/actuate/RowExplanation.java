package io.kalam.boot.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Why a user does, or doesn't, have a row.
 *
 * @param conclusion the first reason why not, or that all is well, in a sentence
 * @param table the table
 * @param captured whether it is realtime in this application
 * @param inService whether it may be subscribed to
 * @param user the user
 * @param access what the user may read: {@code denied}, {@code nothing},
 * {@code own-rows}, {@code all-rows}, {@code some-rows} where an access policy narrows
 * that, {@code unknown} where it can't be told
 * @param row the row in the database now
 * @param lastChange the last change of the row that history holds for the user, absent if
 * it holds none
 * @param lastChangeOfOwner the same for its owner, if that is somebody else
 * @param subscriptions the user's open subscriptions to the table
 */
record RowExplanation(String conclusion, String table, boolean captured, boolean inService, String user, String access,
		@Nullable Row row, @Nullable RowChange lastChange, @Nullable RowChange lastChangeOfOwner,
		List<Followed> subscriptions) implements OperationResponseBody {

	/**
	 * The row in the database now.
	 */
	record Row(boolean exists, @Nullable String owner, boolean readable) {

	}

	/**
	 * A change of the row.
	 */
	record RowChange(String change, String sequence, String commitTime) {

	}

	/**
	 * A subscription of the user.
	 */
	record Followed(String stage, @Nullable Boolean matches, @Nullable Boolean delivered, @Nullable String taken,
			@Nullable String id, @Nullable String sql) {

	}

}
