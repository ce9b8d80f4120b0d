package io.kalam.operations;

import reactor.core.publisher.Mono;

/**
 * What an application can have done to its realtime tables.
 */
public interface RealtimeOperations {

	/**
	 * Forgets what history holds of an owner, in every table that has owners: for the
	 * right to be forgotten. Delete the owner's rows and commit first; all that was
	 * committed before the call is covered. The owner's open subscriptions are reset and
	 * told to forget their rows at once, and read new snapshots; cursors from before are
	 * refused with {@code CURSOR_EXPIRED}, also after a restart. Owners of whom nothing
	 * is known are no error, and to do it again does no harm.
	 * <p>
	 * It is the history of this process that is purged. A process that stands by has none
	 * to purge, and can't do it.
	 * @param owner who it is, as the token's claim says
	 * @return completes when nothing is left, which is durable; fails with
	 * {@link io.kalam.catalog.DatabaseUnavailableException} if changes are not streamed
	 * here now, and with {@link io.kalam.operations.PurgeDelayedException} if they are
	 * behind for longer than a minute. Nothing is purged then
	 */
	Mono<Void> purge(String owner);

}
