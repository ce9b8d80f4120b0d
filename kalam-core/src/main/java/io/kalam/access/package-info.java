/**
 * The one decision about access. Input: who asks, and for which table. Output: the
 * partition that may be read, or a refusal. Snapshot, resume and live all go through it.
 */
@NullMarked
package io.kalam.access;

import org.jspecify.annotations.NullMarked;
