package io.kalam.boot.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A subscription at one moment.
 *
 * @param rows the rows that it holds
 * @param changes what it was told after snapshots, in order
 * @param refusal the code with which it was refused or has ended, {@code null} if it is
 * there
 * @param resumed whether it was continued when its user came back
 * @param seen how many rows it was told of, in snapshots and changes
 * @param position up to where it is complete
 * @param history what it was told, in words
 */
record SubscriptionView(List<RealtimeTestRow> rows, List<RealtimeTestChange<RealtimeTestRow>> changes,
		@Nullable String refusal, boolean resumed, int seen, long position, List<String> history) {

}
