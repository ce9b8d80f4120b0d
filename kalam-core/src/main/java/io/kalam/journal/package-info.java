/**
 * The history of changes. Input: sequenced transactions, in order. Output: the changes of
 * one partition between two sequences. Appending is atomic and idempotent.
 */
@NullMarked
package io.kalam.journal;

import org.jspecify.annotations.NullMarked;
