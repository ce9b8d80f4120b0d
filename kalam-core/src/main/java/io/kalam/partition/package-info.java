/**
 * From a change to the partitions it belongs to. A change of an owned row reaches the
 * partition of its owner and no other; a change of owner is a delete for one and an
 * insert for the other, in the same commit.
 */
@NullMarked
package io.kalam.partition;

import org.jspecify.annotations.NullMarked;
