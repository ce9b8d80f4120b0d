/**
 * The one decision about access. Input: who asks, and for which table. Output: a refusal,
 * or what has to be true of the rows of the user's partition, as the application's
 * policies say. Snapshot, resume and live all go through it.
 */
@NullMarked
package io.kalam.access;

import org.jspecify.annotations.NullMarked;
