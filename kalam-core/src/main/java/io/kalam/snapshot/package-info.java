/**
 * The rows of a partition at one moment, with what that moment had seen: enough to join
 * them to the stream without gap or repeat.
 */
@NullMarked
package io.kalam.snapshot;

import org.jspecify.annotations.NullMarked;
