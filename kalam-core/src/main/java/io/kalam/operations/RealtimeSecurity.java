package io.kalam.operations;

import java.util.concurrent.CompletableFuture;

/**
 * Has access decided again, when what a user may read has changed and the token has not:
 * a membership was given or taken. Commit what the policies go by first, and then call.
 * <p>
 * Every live subscription is decided about as if it began now. Where the answer is the
 * same, its client notices nothing. Where it is another one, the client is told to forget
 * the rows at once, here and in what it has stored, and reads those that it may read now;
 * where it is that nothing may be read, or there is none because a policy has failed, the
 * subscription ends. Cursors from before are refused, as they belong to another epoch.
 * <p>
 * It is about the sockets of this process.
 */
public interface RealtimeSecurity {

	/**
	 * Decides again about the subscriptions of a user. Begins at once.
	 * @param user who it is, as the token's claim says
	 * @return completes when the new decisions have taken effect: whatever is taken for a
	 * client's socket from then on follows them. What had been handed to the network
	 * before may still be on its way (64 KiB of frames for each socket at the most); the
	 * order to forget comes behind it. Takes as long as the policies do
	 */
	CompletableFuture<Void> reevaluate(String user);

	/**
	 * Decides again about all subscriptions. Begins at once.
	 * @return completes when the new decisions have taken effect
	 */
	CompletableFuture<Void> reevaluateAll();

}
