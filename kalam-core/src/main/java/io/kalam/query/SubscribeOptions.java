package io.kalam.query;

import org.jspecify.annotations.Nullable;

/**
 * What stands behind OPTIONS at the end of {@code SUBSCRIBE TO}.
 *
 * @param given whether there is such a clause
 * @param lastRows how many of the newest rows are wanted, {@code null} if it is not said
 * @param batchSize how many rows a batch holds, {@code null} if it is not said
 * @param from the cursor after which to go on, in decimal digits, {@code null} if there
 * is none
 * @param deliver what is told of changes that wait, {@code null} if it is not said
 */
public record SubscribeOptions(boolean given, @Nullable Integer lastRows, @Nullable Integer batchSize,
		@Nullable String from, @Nullable Delivery deliver) {

	/**
	 * No such clause.
	 */
	public static final SubscribeOptions NONE = new SubscribeOptions(false, null, null, null, null);

}
