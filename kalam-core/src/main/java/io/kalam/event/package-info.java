/**
 * The events of streams, which no table of the database holds: messages in commits become
 * inserts, updates and deletes. What lives is in memory and nowhere else; an event comes
 * in the order of its commit and goes when its time is over.
 */
@NullMarked
package io.kalam.event;

import org.jspecify.annotations.NullMarked;
