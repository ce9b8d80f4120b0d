/**
 * From a subscribe request to a stream of events: snapshot, catch-up, live. What a client
 * holds equals what its query returns, at every commit that it is shown. Bounded whatever
 * the client does.
 */
@NullMarked
package io.kalam.subscription;

import org.jspecify.annotations.NullMarked;
